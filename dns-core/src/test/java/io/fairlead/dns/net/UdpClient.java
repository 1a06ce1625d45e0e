package io.fairlead.dns.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/** A plain client over UDP; whatever it waits for has to come within half a minute. */
final class UdpClient implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 30_000;

  final DatagramSocket socket = new DatagramSocket();
  private final InetSocketAddress server;

  UdpClient(InetSocketAddress server) throws SocketException {
    this.server = server;
    socket.setReceiveBufferSize(4 << 20);
    socket.setSoTimeout(DEADLINE_MILLIS);
  }

  void send(byte[] message) throws IOException {
    socket.send(new DatagramPacket(message, message.length, server));
  }

  DatagramPacket receivePacket() throws IOException {
    var packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return packet;
  }

  byte[] receive() throws IOException {
    DatagramPacket packet = receivePacket();
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  byte[] ask(byte[] query) throws IOException {
    send(query);
    return receive();
  }

  @Override
  public void close() {
    socket.close();
  }
}
