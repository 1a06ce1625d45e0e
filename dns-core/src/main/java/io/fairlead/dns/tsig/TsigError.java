package io.fairlead.dns.tsig;

/** What is said in the error field of a TSIG record (RFC 8945 section 3). */
enum TsigError {
  NONE(0),
  BADSIG(16),
  BADKEY(17),
  BADTIME(18);

  private final int code;

  TsigError(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
