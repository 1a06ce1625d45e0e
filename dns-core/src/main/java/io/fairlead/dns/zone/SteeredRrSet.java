package io.fairlead.dns.zone;

import io.fairlead.dns.choice.Chooser;
import io.fairlead.dns.choice.Turn;
import java.util.List;

/** An RRset whose records are chosen for each query. Immutable. */
public final class SteeredRrSet {
  private final int type;
  private final int ttlSeconds;
  private final SteeredRecord[] records;
  private final Chooser chooser;
  private final Turn turn;

  /**
   * @param type the QTYPE that it answers
   * @param ttlSeconds the service's TTL; the chooser may lower it
   * @param records all that may be taken, by index
   * @param turn shared by every version of this RRset, see {@link Turn}
   */
  public SteeredRrSet(
      int type, int ttlSeconds, List<SteeredRecord> records, Chooser chooser, Turn turn) {
    this.type = type;
    this.ttlSeconds = ttlSeconds;
    this.records = records.toArray(SteeredRecord[]::new);
    this.chooser = chooser;
    this.turn = turn;
  }

  public int type() {
    return type;
  }

  public int ttlSeconds() {
    return ttlSeconds;
  }

  public SteeredRecord record(int index) {
    return records[index];
  }

  /** For cold paths. */
  public List<SteeredRecord> records() {
    return List.of(records);
  }

  public Chooser chooser() {
    return chooser;
  }

  public Turn turn() {
    return turn;
  }
}
