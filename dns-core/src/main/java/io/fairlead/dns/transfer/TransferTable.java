package io.fairlead.dns.transfer;

import io.fairlead.dns.tsig.TsigKeys;
import io.fairlead.dns.wire.Name;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All zones that can be asked for whole, by apex, and all keys.
 *
 * @param served the apexes of all zones, those without rules too
 */
public record TransferTable(Map<Name, TransferZone> zones, List<Name> served, TsigKeys keys) {
  public static final TransferTable NONE = new TransferTable(Map.of(), List.of(), TsigKeys.NONE);

  public static TransferTable of(List<TransferZone> zones, List<Name> served) {
    var keys = zones.stream().flatMap(zone -> zone.rules().keys().stream()).distinct().toList();
    return new TransferTable(
        zones.stream()
            .collect(Collectors.toMap(zone -> zone.content().apex(), Function.identity())),
        List.copyOf(served),
        new TsigKeys(keys));
  }
}
