package io.fairlead.dns.transfer;

import io.fairlead.dns.tsig.TsigKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a zone whole, and who is told of a new serial (NOTIFY). Whatever is said must hold:
 * an address in {@code allow} where there is any, a signature by one of {@code keys} where there is
 * any; where there is neither, nobody may.
 *
 * @param secondaries who is told of a new serial; with keys, the first signs what they are sent
 */
public record TransferRules(
    List<AllowedNetwork> allow, List<TsigKey> keys, List<InetSocketAddress> secondaries) {
  public TransferRules {
    allow = List.copyOf(allow);
    keys = List.copyOf(keys);
    secondaries = List.copyOf(secondaries);
  }

  boolean permit(InetAddress peer, @Nullable TsigKey signedBy) {
    boolean addressFits = allow.isEmpty() || allow.stream().anyMatch(net -> net.contains(peer));
    boolean keyFits = keys.isEmpty() || (signedBy != null && keys.contains(signedBy));
    return addressFits && keyFits && !(allow.isEmpty() && keys.isEmpty());
  }
}
