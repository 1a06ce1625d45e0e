package io.fairlead.dns.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chooser decided: records of the steered RRset in the order of the answer, or a down
 * response; and, when it records, why. Mutable; one for each query thread.
 */
public final class Choice {
  /**
   * Most records of one answer: 65,535 octets of TCP less the header's 12, at 16 octets for an A
   * record.
   */
  public static final int CAPACITY = (65_535 - 12) / 16;

  /** What is to be sent. */
  public enum Outcome {
    /** The records taken. With none taken: NODATA (RFC 2308 section 2.2). */
    RECORDS,
    /** SERVFAIL. */
    SERVFAIL,
    /** Nothing at all. */
    DROP
  }

  /** No extended error (RFC 8914) goes with the answer. */
  public static final int NO_EXTENDED_ERROR = -1;

  private final int[] records = new int[CAPACITY];

  /** The round in which each record was taken last: {@link #has} costs the same for any count. */
  private int[] takenIn = new int[64];

  private int round = 1;
  private final @Nullable List<Reason> reasons;
  private Outcome outcome = Outcome.RECORDS;
  private int count;
  private int ttlSeconds;
  private int scopePrefixLength;
  private int extendedError = NO_EXTENDED_ERROR;

  private Choice(@Nullable List<Reason> reasons) {
    this.reasons = reasons;
  }

  /** For queries: takes, and does not say why. */
  public static Choice silent() {
    return new Choice(null);
  }

  /** For {@code explain}: also keeps the reasons, in order. */
  public static Choice recording() {
    return new Choice(new ArrayList<>());
  }

  public void clear(int serviceTtlSeconds) {
    if (++round == 0) {
      Arrays.fill(takenIn, 0);
      round = 1;
    }
    outcome = Outcome.RECORDS;
    count = 0;
    ttlSeconds = serviceTtlSeconds;
    scopePrefixLength = 0;
    extendedError = NO_EXTENDED_ERROR;
  }

  /**
   * Takes one more record, by its index in the steered RRset; beyond {@link #CAPACITY} it is left
   * out.
   */
  public void take(int record) {
    if (count < CAPACITY) {
      records[count++] = record;
      if (record >= takenIn.length) {
        grow(record);
      }
      takenIn[record] = round;
    }
  }

  /** The slow branch: a record beyond all that this choice has ever taken. */
  private void grow(int record) {
    takenIn = Arrays.copyOf(takenIn, Integer.highestOneBit(record) << 1);
  }

  /** Puts another record in the place of one that was taken; {@link #has} goes by the first. */
  public void replace(int position, int record) {
    records[position] = record;
  }

  public void servfail() {
    outcome = Outcome.SERVFAIL;
  }

  public void drop() {
    outcome = Outcome.DROP;
  }

  /**
   * The answer holds for clients of this prefix length only; the narrowest that mattered stays (RFC
   * 7871 section 7.2.1).
   */
  public void narrowScope(int prefixLength) {
    scopePrefixLength = Math.max(scopePrefixLength, prefixLength);
  }

  public void ttlSeconds(int seconds) {
    ttlSeconds = seconds;
  }

  /** Info code of RFC 8914 section 4. */
  public void extendedError(int infoCode) {
    extendedError = infoCode;
  }

  public Outcome outcome() {
    return outcome;
  }

  public int count() {
    return count;
  }

  /** The index of the taken record at a position from 0 to {@link #count} - 1. */
  public int record(int position) {
    return records[position];
  }

  public boolean has(int record) {
    return record < takenIn.length && takenIn[record] == round;
  }

  public int ttlSeconds() {
    return ttlSeconds;
  }

  public int scopePrefixLength() {
    return scopePrefixLength;
  }

  public int extendedError() {
    return extendedError;
  }

  /** Whether reasons are wanted; a chooser asks before it makes one. */
  public boolean records() {
    return reasons != null;
  }

  public void because(Reason reason) {
    if (reasons != null) {
      reasons.add(reason);
    }
  }

  /** In the order in which they were found; empty for a silent choice. */
  public List<Reason> reasons() {
    return reasons == null ? List.of() : List.copyOf(reasons);
  }
}
