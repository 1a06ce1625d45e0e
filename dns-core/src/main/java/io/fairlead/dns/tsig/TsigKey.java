package io.fairlead.dns.tsig;

import io.fairlead.dns.wire.Name;
import java.util.Arrays;
import java.util.Objects;

/**
 * A secret that two servers share.
 *
 * @param name what both call it; part of every signature
 * @param secret not copied, nobody writes to it
 */
public record TsigKey(Name name, TsigAlgorithm algorithm, byte[] secret) {
  public TsigKey {
    if (secret.length == 0) {
      throw new IllegalArgumentException("the secret is empty");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TsigKey key
        && key.name.equals(name)
        && key.algorithm == algorithm
        && Arrays.equals(key.secret, secret);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, algorithm, Arrays.hashCode(secret));
  }

  /** Without the secret: it would end in a log. */
  @Override
  public String toString() {
    return name + " (" + algorithm.dnsName() + ")";
  }
}
