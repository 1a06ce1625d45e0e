package io.fairlead.health.probe;

import io.fairlead.health.spec.Expected;
import java.util.regex.Pattern;

/** Looks for what is expected. A regular expression that explodes is ended, not waited for. */
final class Finder {
  /** About a millisecond, on the thread that all probes share. */
  private static final int MAX_LOOKS = 500_000;

  enum Found {
    YES,
    NO,
    GAVE_UP
  }

  static Found find(Expected expected, CharSequence octets) {
    CharSequence first = octets.subSequence(0, Math.min(octets.length(), expected.withinOctets()));
    if (!expected.regex()) {
      return first.toString().contains(expected.text()) ? Found.YES : Found.NO;
    }
    try {
      return Pattern.compile(expected.text()).matcher(new Limited(first)).find()
          ? Found.YES
          : Found.NO;
    } catch (TooManyLooks | StackOverflowError _) {
      return Found.GAVE_UP; // the engine recurses once per character in some patterns
    }
  }

  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyLooks() {
      super(null, null, false, false);
    }
  }

  /** A text that may be looked at so many times: the only hold one has on java.util.regex. */
  private static final class Limited implements CharSequence {
    private final CharSequence text;
    private int looks;

    Limited(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MAX_LOOKS) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private Finder() {}
}
