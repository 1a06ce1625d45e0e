package io.fairlead.dns.count;

/** What became of a query; each moves exactly one of these by one. */
public enum Outcome {
  ANSWER("answer", "NOERROR with records"),
  NO_DATA(
      "no_data",
      "NOERROR without records: the name exists, the type does not (RFC 2308 section 2.2)"),
  NX_DOMAIN(
      "nx_domain", "NXDOMAIN: the name does not exist in a zone of ours (RFC 2308 section 2.1)"),
  REFERRAL("referral", "delegated below a zone of ours (RFC 1034 section 4.3.2)"),
  TRUNCATED("truncated", "TC: what was required did not fit (RFC 2181 section 9)"),
  REFUSED("refused", "REFUSED: no zone of ours, or not offered to this peer"),
  FORM_ERROR("form_error", "FORMERR: the message could not be read as a query"),
  BAD_VERSION("bad_version", "BADVERS: an EDNS version above 0 (RFC 6891 section 6.1.3)"),
  NOT_IMPLEMENTED("not_implemented", "NOTIMP: an opcode or type that is not offered"),
  SERVER_FAILURE(
      "server_failure", "SERVFAIL: not ready, all members down and told so, or a failure of ours"),
  COOKIE("cookie", "NOERROR for a query of a cookie and nothing else (RFC 7873 section 5.4)"),
  SLIPPED(
      "slipped",
      "TC or BADCOOKIE in the place of an answer: over the rate limit, and a real client goes on"),
  LIMITED("limited", "nothing sent: over the rate limit"),
  DROPPED(
      "dropped", "nothing sent: a reply, a fragment of a header, or a service told to be silent");

  private final String id;
  private final String meaning;

  Outcome(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  /** Whether the asker gets something. */
  public boolean isSent() {
    return this != LIMITED && this != DROPPED;
  }

  /** The label in metrics. */
  public String id() {
    return id;
  }

  /** One sentence for docs and help texts. */
  public String meaning() {
    return meaning;
  }
}
