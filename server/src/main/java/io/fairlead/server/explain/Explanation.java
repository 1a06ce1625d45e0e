package io.fairlead.server.explain;

import io.fairlead.dns.choice.Reason;
import java.util.List;

/**
 * What a client gets and why: the decision itself, not a second opinion.
 *
 * @param name as it was asked
 * @param client who asks, and how we would know
 * @param rcode in words, such as NOERROR; "no reply" where nothing is sent
 * @param answer the records of the answer section, in presentation form, in order
 * @param ttlSeconds the least of them; 0 without an answer
 * @param scope the client subnet's scope prefix length; -1 where the query carries no subnet
 * @param extendedError RFC 8914; empty where there is none
 * @param generation of the snapshot that was asked
 * @param served whether the name exists in a zone of ours
 * @param reasons each step, in order
 */
public record Explanation(
    String name,
    String type,
    String client,
    String rcode,
    List<String> answer,
    long ttlSeconds,
    int scope,
    String extendedError,
    long generation,
    boolean served,
    List<Reason> reasons) {
  public Explanation {
    answer = List.copyOf(answer);
    reasons = List.copyOf(reasons);
  }
}
