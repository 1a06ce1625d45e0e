package io.fairlead.dns.count;

import java.util.Arrays;
import java.util.List;

/**
 * What queries are counted by beside their outcome: type, transport and response code, each a small
 * number, so that a count is one cell of an array. What has no cell of its own is "other": nobody
 * can make labels of metrics grow.
 */
final class QueryKind {
  /** Labels of types that are counted by themselves, and their numbers. */
  private static final List<String> TYPES =
      List.of(
          "none", "other", "A", "NS", "CNAME", "SOA", "PTR", "HINFO", "MX", "TXT", "AAAA", "SRV",
          "NAPTR", "DNAME", "DS", "RRSIG", "NSEC", "DNSKEY", "SVCB", "HTTPS", "IXFR", "AXFR", "ANY",
          "CAA");

  private static final int[] TYPE_NUMBERS = {
    -1, -1, 1, 2, 5, 6, 12, 13, 15, 16, 28, 33, 35, 39, 43, 46, 47, 48, 64, 65, 251, 252, 255, 257
  };

  private static final int OTHER_TYPE = 1;

  private static final List<String> RCODES =
      List.of(
          "none",
          "NOERROR",
          "FORMERR",
          "SERVFAIL",
          "NXDOMAIN",
          "NOTIMP",
          "REFUSED",
          "YXDOMAIN",
          "NOTAUTH",
          "BADVERS",
          "BADCOOKIE");

  private static final int[] RCODE_NUMBERS = {-1, 0, 1, 2, 3, 4, 5, 6, 9, 16, 23};

  /** More than there are ways in. */
  static final int TRANSPORTS = 4;

  /** Cells of one outcome. */
  static final int CELLS = TYPES.size() * RCODES.size() * TRANSPORTS;

  /** The place of each type below 258, in {@link #TYPES}. */
  private static final byte[] TYPE_PLACE = new byte[258];

  private static final byte[] RCODE_PLACE = new byte[24];

  static {
    Arrays.fill(TYPE_PLACE, (byte) OTHER_TYPE);
    for (int place = 0; place < TYPE_NUMBERS.length; place++) {
      if (TYPE_NUMBERS[place] >= 0) {
        TYPE_PLACE[TYPE_NUMBERS[place]] = (byte) place;
      }
    }
    for (int place = 1; place < RCODE_NUMBERS.length; place++) {
      RCODE_PLACE[RCODE_NUMBERS[place]] = (byte) place;
    }
  }

  private QueryKind() {}

  /**
   * The cell of a query.
   *
   * @param transport 0 to {@link #TRANSPORTS} - 1
   * @param type of its question; less than 0 = it has none that could be read
   * @param rcode of the reply; less than 0 = nothing was sent
   */
  static int cell(int transport, int type, int rcode) {
    int typePlace = type < 0 ? 0 : type < TYPE_PLACE.length ? TYPE_PLACE[type] : OTHER_TYPE;
    int rcodePlace = rcode < 0 || rcode >= RCODE_PLACE.length ? 0 : RCODE_PLACE[rcode];
    return (typePlace * RCODES.size() + rcodePlace) * TRANSPORTS + transport;
  }

  static int transport(int cell) {
    return cell % TRANSPORTS;
  }

  static String rcode(int cell) {
    return RCODES.get(cell / TRANSPORTS % RCODES.size());
  }

  static String type(int cell) {
    return TYPES.get(cell / TRANSPORTS / RCODES.size());
  }
}
