package io.fairlead.server.explain;

/** What a reply's codes are called (IANA, "DNS Parameters"). */
public final class Codes {
  private Codes() {}

  public static String rcode(int rcode) {
    return switch (rcode) {
      case 0 -> "NOERROR";
      case 1 -> "FORMERR";
      case 2 -> "SERVFAIL";
      case 3 -> "NXDOMAIN";
      case 4 -> "NOTIMP";
      case 5 -> "REFUSED";
      case 6 -> "YXDOMAIN";
      case 16 -> "BADVERS";
      default -> "RCODE" + rcode;
    };
  }

  /** RFC 8914 section 4; empty for {@code -1}, where there is none. */
  static String extendedError(int infoCode) {
    return switch (infoCode) {
      case -1 -> "";
      case 14 -> "14 (Not Ready)";
      case 15 -> "15 (Blocked)";
      case 18 -> "18 (Prohibited)";
      case 20 -> "20 (Not Authoritative)";
      case 22 -> "22 (No Reachable Authority)";
      case 30 -> "30 (Invalid Query Type)";
      default -> Integer.toString(infoCode);
    };
  }
}
