package io.fairlead.dns.zone;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The records of one name, as RRsets in the order of their types. A zone may have a million of
 * these, most with one record: it is an array and two numbers. Cold.
 */
final class OwnerRecords {
  private StaticRecord[] records = new StaticRecord[1];
  private int count;
  private boolean inOrder = true;

  void add(StaticRecord record) {
    if (count == records.length) {
      records = Arrays.copyOf(records, 2 * count);
    }
    inOrder &= count == 0 || records[count - 1].type() <= record.type();
    records[count++] = record;
  }

  /** Empty where there is none of the type. */
  List<StaticRecord> rrset(int type) {
    int from = 0;
    List<StaticRecord> all = all();
    while (from < count && all.get(from).type() != type) {
      from++;
    }
    return all.subList(from, end(from));
  }

  boolean has(int type) {
    return !rrset(type).isEmpty();
  }

  boolean hasOnly(int type) {
    return rrset(type).size() == count;
  }

  StaticRecord first() {
    return all().getFirst();
  }

  void forEach(BiConsumer<Integer, List<StaticRecord>> action) {
    List<StaticRecord> all = all();
    for (int from = 0; from < count; ) {
      int end = end(from);
      action.accept(all.get(from).type(), all.subList(from, end));
      from = end;
    }
  }

  private int end(int from) {
    int end = from;
    while (end < count && records[end].type() == records[from].type()) {
      end++;
    }
    return end;
  }

  /** Records of one type stay in the order in which they came. */
  private List<StaticRecord> all() {
    if (!inOrder) {
      Arrays.sort(records, 0, count, Comparator.comparingInt(StaticRecord::type));
      inOrder = true;
    }
    return Arrays.asList(records).subList(0, count);
  }
}
