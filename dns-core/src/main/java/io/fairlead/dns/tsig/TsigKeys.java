package io.fairlead.dns.tsig;

import io.fairlead.dns.wire.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All keys of a server; few, so that they are walked over. */
public record TsigKeys(List<TsigKey> keys) {
  public static final TsigKeys NONE = new TsigKeys(List.of());

  public TsigKeys {
    keys = List.copyOf(keys);
  }

  @Nullable TsigKey find(Name name, Name algorithm) {
    for (TsigKey key : keys) {
      if (key.name().equals(name) && key.algorithm().dnsName().equals(algorithm)) {
        return key;
      }
    }
    return null;
  }
}
