package io.fairlead.policy.geo;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A number for every point of 128 bits, as ranges: flat, immutable, looked up without allocation.
 * Neighbouring ranges differ, so that a range is as wide as its number holds.
 */
public final class RangeTable {
  /** Tables beyond this are entered by their first 16 bits: 256 KiB that save most of the steps. */
  private static final int SMALL = 1024;

  private final long[] highs;

  /** Empty where all ranges start at a multiple of 2^64, as those of IPv4 do. */
  private final long[] lows;

  private final int[] values;
  private final int jumpShift;

  /** The range of the first point with these leading bits. */
  private final int[] jump;

  private RangeTable(long[] highs, long[] lows, int[] values) {
    this.highs = highs;
    this.lows = lows;
    this.values = values;
    int bits = values.length > SMALL ? 16 : 1;
    this.jumpShift = 64 - bits;
    this.jump = new int[(1 << bits) + 1];
    for (int lead = 0; lead < 1 << bits; lead++) {
      jump[lead] = search((long) lead << jumpShift, 0, 0, values.length - 1);
    }
    jump[1 << bits] = values.length - 1;
  }

  /** One number everywhere. */
  public static RangeTable constant(int value) {
    return new RangeTable(new long[1], new long[0], new int[] {value});
  }

  public int size() {
    return values.length;
  }

  public int value(int range) {
    return values[range];
  }

  /** The upper 64 bits of a range's first point. */
  public long high(int range) {
    return highs[range];
  }

  /** The range that a point lies in. */
  public int range(long high, long low) {
    int lead = (int) (high >>> jumpShift);
    return search(high, low, jump[lead], jump[lead + 1]);
  }

  /** The last range from first to last that starts at or before the point. */
  private int search(long high, long low, int first, int last) {
    int from = first;
    int to = last;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (startsAfter(middle, high, low)) {
        to = middle - 1;
      } else {
        from = middle;
      }
    }
    return from;
  }

  private boolean startsAfter(int range, long high, long low) {
    int order = Long.compareUnsigned(highs[range], high);
    return order > 0 || (order == 0 && Long.compareUnsigned(low(range), low) > 0);
  }

  /** The lower 64 bits of a range's first point. */
  public long low(int range) {
    return lows.length == 0 ? 0 : lows[range];
  }

  /**
   * The bits that a point must keep so as to stay in its range: the widest prefix around it that
   * the range holds whole. It ends one bit behind what the point shares with the nearest point
   * outside, below or above.
   */
  public int prefixLength(int range, long high, long low) {
    int bits = 0;
    if (range > 0) {
      long start = low(range);
      bits = 1 + shared(high, low, start == 0 ? highs[range] - 1 : highs[range], start - 1);
    }
    if (range + 1 < values.length) {
      bits = Math.max(bits, 1 + shared(high, low, highs[range + 1], low(range + 1)));
    }
    return bits;
  }

  private static int shared(long high, long low, long otherHigh, long otherLow) {
    return high == otherHigh
        ? 64 + Long.numberOfLeadingZeros(low ^ otherLow)
        : Long.numberOfLeadingZeros(high ^ otherHigh);
  }

  /** The same ranges with other numbers; those that become equal become one. */
  public RangeTable map(IntUnaryOperator operator) {
    var builder = new Builder(values.length);
    for (int i = 0; i < values.length; i++) {
      builder.from(highs[i], low(i), operator.applyAsInt(values[i]));
    }
    return builder.build();
  }

  /** For each point the operator's result of both tables' numbers. */
  public RangeTable overlay(RangeTable other, IntBinaryOperator operator) {
    var builder = new Builder(values.length + other.values.length);
    int i = 0;
    int j = 0;
    builder.from(0, 0, operator.applyAsInt(values[0], other.values[0]));
    while (i + 1 < values.length || j + 1 < other.values.length) {
      boolean mine =
          j + 1 == other.values.length
              || (i + 1 < values.length
                  && !startsAfter(i + 1, other.highs[j + 1], other.low(j + 1)));
      if (mine) {
        i++;
      } else {
        j++;
      }
      builder.from(
          mine ? highs[i] : other.highs[j],
          mine ? low(i) : other.low(j),
          operator.applyAsInt(values[i], other.values[j]));
    }
    return builder.build();
  }

  /** Takes the starts of ranges in rising order, from (0, 0) on; of two equal ones the later. */
  public static final class Builder {
    private long[] highs;
    private long[] lows;
    private int[] values;
    private int size;
    private boolean anyLow;

    public Builder(int expected) {
      highs = new long[Math.max(4, expected)];
      lows = new long[highs.length];
      values = new int[highs.length];
    }

    public void from(long high, long low, int value) {
      if (size > 0 && highs[size - 1] == high && lows[size - 1] == low) {
        size--;
      }
      if (size > 0 && values[size - 1] == value) {
        return;
      }
      if (size == highs.length) {
        highs = Arrays.copyOf(highs, 2 * size);
        lows = Arrays.copyOf(lows, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      anyLow |= low != 0;
      highs[size] = high;
      lows[size] = low;
      values[size++] = value;
    }

    public RangeTable build() {
      if (size == 0 || highs[0] != 0 || lows[0] != 0) {
        throw new IllegalStateException("the first range starts at 0");
      }
      return new RangeTable(
          Arrays.copyOf(highs, size),
          anyLow ? Arrays.copyOf(lows, size) : new long[0],
          Arrays.copyOf(values, size));
    }
  }
}
