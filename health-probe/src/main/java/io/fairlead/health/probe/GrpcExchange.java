package io.fairlead.health.probe;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of grpc.health.v1.Health/Check over HTTP/2, without a library of protocol buffers. */
final class GrpcExchange extends Exchange implements Http2Call.Answer {
  private static final String PATH = "/grpc.health.v1.Health/Check";

  /** The flag that says whether it is compressed, and four octets of length. */
  private static final int PREFIX_OCTETS = 5;

  /** A HealthCheckResponse has 2 octets; whoever sends more sends something else. */
  private static final int MAX_MESSAGE_OCTETS = 1024;

  /** HealthCheckResponse.status, field 1 as a varint. */
  private static final int STATUS_TAG = 1 << 3;

  private static final int SERVING = 1;

  private final Check.Grpc check;
  private final String userAgent;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  GrpcExchange(
      InetSocketAddress remote, Consumer<ProbeResult> done, Check.Grpc check, String userAgent) {
    super(remote, done);
    this.check = check;
    this.userAgent = userAgent;
  }

  @Override
  void opened(ChannelHandlerContext ctx) {
    var headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme(check.tls() == null ? "http" : "https")
            .authority(check.host())
            .path(PATH)
            .set("content-type", "application/grpc")
            .set("te", "trailers")
            .set("user-agent", userAgent);
    Http2Call.start(ctx, headers, request(), this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame); // settings and pings of the connection itself
  }

  @Override
  ProbeResult closed() {
    return new ProbeResult.Failed(
        received() == 0 ? "closed before an answer" : "closed before the end of its answer");
  }

  /** A HealthCheckRequest: field 1, the service, left out where it is empty. */
  private byte[] request() {
    byte[] service = Octets.bytes(Octets.utf8(check.service()));
    var request = new ByteArrayOutputStream();
    int length = service.length == 0 ? 0 : 2 + service.length;
    request.writeBytes(new byte[] {0, 0, 0, 0, (byte) length});
    if (service.length > 0) {
      request.write(1 << 3 | 2);
      request.write(service.length);
      request.writeBytes(service);
    }
    return request.toByteArray();
  }

  @Override
  public void headers(Http2Headers headers, boolean ended) {
    CharSequence status = headers.status();
    if (status != null && !status.toString().equals("200")) {
      finish(new ProbeResult.Failed("HTTP status " + Reasons.printable(status.toString())));
      return;
    }
    CharSequence code = headers.get("grpc-status");
    if (code != null && !code.toString().equals("0")) {
      finish(new ProbeResult.Failed(refusal(code.toString(), headers.get("grpc-message"))));
    } else if (ended) {
      finish(judge());
    }
  }

  @Override
  public void data(ByteBuf octets, boolean ended) {
    if (message.size() + octets.readableBytes() > MAX_MESSAGE_OCTETS) {
      finish(new ProbeResult.Failed("malformed: a message of over 1024 octets"));
    } else {
      message.writeBytes(ByteBufUtil.getBytes(octets));
    }
  }

  @Override
  public void reset(long error) {
    finish(new ProbeResult.Failed("it reset the call, HTTP/2 error " + error));
  }

  /** The codes that a health service answers with; https://grpc.io has the rest. */
  private String refusal(String code, @Nullable CharSequence said) {
    String known =
        switch (code) {
          case "5" -> "no service of the name \"" + check.service() + "\" is known";
          case "12" -> "it has no grpc.health.v1.Health";
          default -> "gRPC status " + Reasons.printable(code);
        };
    return said == null ? known : known + ": " + Reasons.printable(said.toString());
  }

  private ProbeResult judge() {
    byte[] octets = message.toByteArray();
    if (octets.length < PREFIX_OCTETS || octets[0] != 0 || octets.length != length(octets)) {
      return new ProbeResult.Failed("malformed: no whole message that is not compressed");
    }
    if (octets.length == PREFIX_OCTETS) {
      return new ProbeResult.Failed("it says UNKNOWN");
    }
    if (octets.length != PREFIX_OCTETS + 2 || octets[PREFIX_OCTETS] != STATUS_TAG) {
      return new ProbeResult.Failed("malformed: no HealthCheckResponse");
    }
    int status = octets[PREFIX_OCTETS + 1];
    return status == SERVING
        ? new ProbeResult.Passed("it says SERVING")
        : new ProbeResult.Failed("it says " + (status == 2 ? "NOT_SERVING" : "status " + status));
  }

  private static long length(byte[] octets) {
    return PREFIX_OCTETS + Unpooled.wrappedBuffer(octets, 1, 4).readUnsignedInt();
  }
}
