package io.fairlead.policy.compile;

import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.AnswerTypes.Binding;
import io.fairlead.policy.spec.AnswerTypes.Server;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RDATA of records that lead to a service. */
final class Bindings {
  // Keys of parameters: RFC 9460 section 14.3.2.
  private static final int ALPN = 1;
  private static final int NO_DEFAULT_ALPN = 2;
  private static final int PORT = 3;

  /** The owner itself (RFC 9460 section 2.5.2), so that it is right for aliases too. */
  private static final int OWNER = 0;

  private Bindings() {}

  /** Priority, target, and the parameters that stand before the hints (RFC 9460 section 2.2). */
  static byte[] head(Binding binding) {
    var rdata = new ByteArrayOutputStream();
    putU16(rdata, binding.priority());
    rdata.write(OWNER);
    if (!binding.alpn().isEmpty()) {
      var protocols = new ByteArrayOutputStream();
      for (String protocol : binding.alpn()) {
        byte[] octets = protocol.getBytes(StandardCharsets.US_ASCII);
        protocols.write(octets.length);
        protocols.writeBytes(octets);
      }
      putU16(rdata, ALPN);
      putU16(rdata, protocols.size());
      rdata.writeBytes(protocols.toByteArray());
    }
    if (!binding.defaultAlpn()) {
      putU16(rdata, NO_DEFAULT_ALPN);
      putU16(rdata, 0);
    }
    if (binding.port() != Binding.DEFAULT_PORT) {
      putU16(rdata, PORT);
      putU16(rdata, 2);
      putU16(rdata, binding.port());
    }
    return rdata.toByteArray();
  }

  /** SRV, its target not compressed (RFC 2782). */
  static byte[] server(Server server, int weight, Name target) {
    var rdata = new ByteArrayOutputStream();
    putU16(rdata, server.priority());
    putU16(rdata, weight);
    putU16(rdata, server.port());
    rdata.writeBytes(target.wire());
    return rdata.toByteArray();
  }

  private static void putU16(ByteArrayOutputStream to, int value) {
    to.write(value >>> 8);
    to.write(value);
  }
}
