package io.fairlead.dns.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;

/**
 * A TCP stream in any pieces: each whole message of it is answered once and in order, up to the
 * first that is none, which ends the connection. In the form that Jazzer calls; see {@link
 * io.fairlead.dns.fuzz}.
 */
public final class FramingFuzz {
  private static final TcpLimits LIMITS = new TcpLimits(10, 10, Duration.ofSeconds(10));

  private FramingFuzz() {}

  /** One execution; the first octet is how long the pieces are. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int piece = 1 + (input[0] & 0xff);
    byte[] stream = Arrays.copyOfRange(input, 1, input.length);
    try (var simulated = new Simulated(LIMITS)) {
      var connection = simulated.accept("192.0.2.1");
      for (int at = 0; at < stream.length && connection.isOpen(); at += piece) {
        connection.send(Arrays.copyOfRange(stream, at, Math.min(at + piece, stream.length)));
      }
      if (asksForZone(stream)) {
        return; // a zone is no echo: only that nothing escapes is asked here
      }
      byte[] expected = echoes(stream);
      if (!Arrays.equals(connection.received(), expected)) {
        throw new IllegalStateException(
            "pieces of " + piece + ": not the replies of " + Arrays.toString(stream));
      }
    }
  }

  private static boolean asksForZone(byte[] stream) {
    ByteBuf in = Unpooled.wrappedBuffer(stream);
    for (int at = 0; at + Frames.LENGTH_OCTETS <= stream.length; ) {
      int length = in.getUnsignedShort(at);
      at += Frames.LENGTH_OCTETS;
      if (length < Frames.MIN_MESSAGE || at + length > stream.length) {
        return false;
      }
      if (Frames.asksForZone(in, at, length)) {
        return true;
      }
      at += length;
    }
    return false;
  }

  private static byte[] echoes(byte[] stream) {
    var all = new ByteArrayOutputStream();
    int at = 0;
    while (at + 2 <= stream.length) {
      int length = (stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff);
      if (length < Frames.MIN_MESSAGE || at + 2 + length > stream.length) {
        break;
      }
      byte[] message = Arrays.copyOfRange(stream, at + 2, at + 2 + length);
      all.writeBytes(Messages.framed(Messages.echoOf(message)));
      at += 2 + length;
    }
    return all.toByteArray();
  }
}
