package io.fairlead.dns.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Record types by their number (IANA, "DNS Parameters"); any other is {@code TYPEnnn} (RFC 3597
 * section 5).
 */
public final class RrType {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int PTR = 12;
  public static final int HINFO = 13;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int DNAME = 39;
  public static final int OPT = 41;
  public static final int DS = 43;
  public static final int SVCB = 64;
  public static final int HTTPS = 65;
  public static final int NXNAME = 128;
  public static final int TKEY = 249;
  public static final int TSIG = 250;
  public static final int IXFR = 251;
  public static final int AXFR = 252;
  public static final int MAILB = 253;
  public static final int MAILA = 254;
  public static final int ANY = 255;
  public static final int CAA = 257;

  private static final Map<Integer, String> TEXT =
      Map.ofEntries(
          Map.entry(A, "A"),
          Map.entry(NS, "NS"),
          Map.entry(CNAME, "CNAME"),
          Map.entry(SOA, "SOA"),
          Map.entry(PTR, "PTR"),
          Map.entry(HINFO, "HINFO"),
          Map.entry(MX, "MX"),
          Map.entry(TXT, "TXT"),
          Map.entry(AAAA, "AAAA"),
          Map.entry(SRV, "SRV"),
          Map.entry(DNAME, "DNAME"),
          Map.entry(OPT, "OPT"),
          Map.entry(DS, "DS"),
          Map.entry(SVCB, "SVCB"),
          Map.entry(HTTPS, "HTTPS"),
          Map.entry(TSIG, "TSIG"),
          Map.entry(IXFR, "IXFR"),
          Map.entry(AXFR, "AXFR"),
          Map.entry(ANY, "ANY"),
          Map.entry(CAA, "CAA"));

  private static final Map<String, Integer> NUMBER = new HashMap<>();

  static {
    TEXT.forEach((number, text) -> NUMBER.put(text, number));
  }

  private static final String GENERIC = "TYPE";
  private static final int MAX_DIGITS = 5;

  private RrType() {}

  public static String text(int type) {
    String text = TEXT.get(type);
    return text != null ? text : GENERIC + type;
  }

  /** The number of a mnemonic or of {@code TYPEnnn}, in any case; empty where it is neither. */
  public static OptionalInt parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    Integer known = NUMBER.get(upper);
    if (known != null) {
      return OptionalInt.of(known);
    }
    int digits = upper.length() - GENERIC.length();
    if (!upper.startsWith(GENERIC) || digits < 1 || digits > MAX_DIGITS) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int i = GENERIC.length(); i < upper.length(); i++) {
      int digit = upper.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalInt.empty();
      }
      number = 10 * number + digit;
    }
    return number <= 0xffff ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
