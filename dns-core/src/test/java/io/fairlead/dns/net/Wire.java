package io.fairlead.dns.net;

/** Every way in which datagrams can come and go. */
enum Wire {
  BATCH(NettyTransport.EPOLL, Engine.BATCH),
  EPOLL(NettyTransport.EPOLL, Engine.NETTY),
  NIO(NettyTransport.NIO, Engine.NETTY);

  final NettyTransport transport;
  private final Engine engine;

  Wire(NettyTransport transport, Engine engine) {
    this.transport = transport;
    this.engine = engine;
  }

  boolean sharesPorts() {
    return this == BATCH || transport.sharesPorts();
  }

  /** The same, over this. */
  ListenSpec over(ListenSpec spec) {
    return new ListenSpec(spec.udp(), spec.tcp(), spec.threads(), engine, spec.tcpLimits());
  }
}
