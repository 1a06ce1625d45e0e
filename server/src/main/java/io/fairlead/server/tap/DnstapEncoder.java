package io.fairlead.server.tap;

import com.google.protobuf.CodedOutputStream;
import io.fairlead.dns.query.Transport;
import io.fairlead.dns.tap.Tapped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Queries and replies as messages of dnstap.proto, which are protocol buffers. */
final class DnstapEncoder {
  // Dnstap
  private static final int IDENTITY = 1;
  private static final int VERSION = 2;
  private static final int MESSAGE = 14;
  private static final int TYPE = 15;
  private static final int TYPE_MESSAGE = 1;

  // Message
  private static final int MESSAGE_TYPE = 1;
  private static final int AUTH_QUERY = 1;
  private static final int AUTH_RESPONSE = 2;
  private static final int SOCKET_FAMILY = 2;
  private static final int SOCKET_PROTOCOL = 3;
  private static final int QUERY_ADDRESS = 4;
  private static final int QUERY_PORT = 6;
  private static final int QUERY_TIME_SEC = 8;
  private static final int QUERY_TIME_NSEC = 9;
  private static final int QUERY_MESSAGE = 10;
  private static final int RESPONSE_TIME_SEC = 12;
  private static final int RESPONSE_TIME_NSEC = 13;
  private static final int RESPONSE_MESSAGE = 14;

  private final byte[] identity;
  private final byte[] version;
  private final boolean queries;
  private final boolean replies;

  DnstapEncoder(String identity, String version, boolean queries, boolean replies) {
    this.identity = identity.getBytes(StandardCharsets.UTF_8);
    this.version = version.getBytes(StandardCharsets.UTF_8);
    this.queries = queries;
    this.replies = replies;
  }

  /** The frames of one query: its own and its reply's, as far as they are wanted and were sent. */
  List<byte[]> frames(Tapped tapped, long micros) {
    boolean replied = replies && tapped.reply().length > 0;
    if (queries && replied) {
      return List.of(query(tapped, micros), reply(tapped, micros));
    }
    if (queries) {
      return List.of(query(tapped, micros));
    }
    return replied ? List.of(reply(tapped, micros)) : List.of();
  }

  private byte[] query(Tapped tapped, long micros) {
    return dnstap(
        message -> {
          head(message, AUTH_QUERY, tapped, micros);
          message.writeByteArray(QUERY_MESSAGE, tapped.query());
        });
  }

  private byte[] reply(Tapped tapped, long micros) {
    return dnstap(
        message -> {
          head(message, AUTH_RESPONSE, tapped, micros);
          message.writeUInt64(RESPONSE_TIME_SEC, micros / 1_000_000);
          message.writeFixed32(RESPONSE_TIME_NSEC, (int) (micros % 1_000_000) * 1000);
          message.writeByteArray(RESPONSE_MESSAGE, tapped.reply());
        });
  }

  private static void head(CodedOutputStream message, int type, Tapped tapped, long micros)
      throws IOException {
    boolean ipv4 = tapped.peer().getAddress().length == 4;
    boolean udp = tapped.transport() == Transport.UDP.ordinal();
    message.writeEnum(MESSAGE_TYPE, type);
    message.writeEnum(SOCKET_FAMILY, ipv4 ? 1 : 2);
    message.writeEnum(SOCKET_PROTOCOL, udp ? 1 : 2);
    message.writeByteArray(QUERY_ADDRESS, tapped.peer().getAddress());
    message.writeUInt32(QUERY_PORT, tapped.port());
    message.writeUInt64(QUERY_TIME_SEC, micros / 1_000_000);
    message.writeFixed32(QUERY_TIME_NSEC, (int) (micros % 1_000_000) * 1000);
  }

  private byte[] dnstap(Fields message) {
    return encoded(
        dnstap -> {
          dnstap.writeByteArray(IDENTITY, identity);
          dnstap.writeByteArray(VERSION, version);
          dnstap.writeByteArray(MESSAGE, encoded(message));
          dnstap.writeEnum(TYPE, TYPE_MESSAGE);
        });
  }

  @FunctionalInterface
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] encoded(Fields fields) {
    var octets = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(octets);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory
    }
    return octets.toByteArray();
  }
}
