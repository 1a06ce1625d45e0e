package io.fairlead.dns.tsig;

import io.fairlead.dns.wire.Name;

/** The algorithms of RFC 8945 section 6 that are not there for old times' sake. */
public enum TsigAlgorithm {
  HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
  HMAC_SHA384("hmac-sha384", "HmacSHA384", 48),
  HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

  @SuppressWarnings("ImmutableEnumChecker") // a Name never changes
  private final Name dnsName;

  private final String jdkName;
  private final int macLength;

  TsigAlgorithm(String dnsName, String jdkName, int macLength) {
    this.dnsName = Name.parse(dnsName);
    this.jdkName = jdkName;
    this.macLength = macLength;
  }

  /** As it stands in messages. */
  public Name dnsName() {
    return dnsName;
  }

  String jdkName() {
    return jdkName;
  }

  /** Octets of a whole MAC. */
  int macLength() {
    return macLength;
  }
}
