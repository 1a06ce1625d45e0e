package io.fairlead.dns.wire;

/** What reading a packet came to: a bad one is a value, and each value is one reply or silence. */
public enum Verdict {
  /** A query that can be answered so far as it has been read. */
  ACCEPT,
  /** Nothing may be sent: a reply to a reply loops for ever (RFC 1035 section 4.1.1). */
  DROP,
  /** No question: a FORMERR, but for who asks for a cookie (RFC 7873 section 5.4). */
  NO_QUESTION,
  /** FORMERR. */
  FORM_ERROR,
  /** NOTIMP. */
  NOT_IMPLEMENTED,
  /** BADVERS: an EDNS version above 0 (RFC 6891 section 6.1.3). */
  BAD_VERSION,
  /** REFUSED: read and understood, and not offered. */
  REFUSED
}
