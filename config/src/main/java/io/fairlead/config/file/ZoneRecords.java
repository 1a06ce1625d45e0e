package io.fairlead.config.file;

import io.fairlead.config.file.tree.Spot;
import io.fairlead.config.file.zone.MasterPlace;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.StaticRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one zone as they are read, and where each of them stands: two words a record,
 * since there may be millions and few are ever asked for.
 */
final class ZoneRecords {
  private final Name apex;
  private final Function<MasterPlace, Spot> spotOfPlace;
  private final List<StaticRecord> records = new ArrayList<>();
  private @Nullable Path[] files = new Path[16];
  private int[] lines = new int[16];
  private @Nullable StaticRecord soa;
  private Spot soaSpot = Spot.FILE;
  private @Nullable IdentityHashMap<StaticRecord, Integer> numbers;
  private boolean flawed;

  ZoneRecords(Name apex, Function<MasterPlace, Spot> spotOfPlace) {
    this.apex = apex;
    this.spotOfPlace = spotOfPlace;
  }

  /**
   * @param takesSoa whether the zone's SOA may be among the records
   */
  void add(StaticRecord record, MasterPlace place, boolean takesSoa) {
    if (takesSoa && soa == null && record.type() == RrType.SOA && record.owner().equals(apex)) {
      soa = record;
      soaSpot = spotOfPlace.apply(place);
      return;
    }
    int number = records.size();
    if (number == lines.length) {
      files = Arrays.copyOf(files, 2 * number);
      lines = Arrays.copyOf(lines, 2 * number);
    }
    records.add(record);
    files[number] = place.file();
    lines[number] = place.line();
  }

  void flaw() {
    flawed = true;
  }

  /** Whether there was an entry, or a file, that could not be read. */
  boolean isFlawed() {
    return flawed;
  }

  List<StaticRecord> records() {
    return records;
  }

  /** Null where the records have none. */
  @Nullable StaticRecord soa() {
    return soa;
  }

  /** Where a record stands, the very object; null where it is none of these. */
  @Nullable Spot spotOf(StaticRecord record) {
    if (record.equals(soa) && record == soa) {
      return soaSpot;
    }
    if (numbers == null) {
      numbers = new IdentityHashMap<>(records.size());
      for (int i = 0; i < records.size(); i++) {
        numbers.put(records.get(i), i);
      }
    }
    Integer number = numbers.get(record);
    return number == null ? null : spotOfPlace.apply(new MasterPlace(files[number], lines[number]));
  }
}
