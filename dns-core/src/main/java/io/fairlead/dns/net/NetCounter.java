package io.fairlead.dns.net;

/** What the sockets count, beside the outcomes of queries. */
public enum NetCounter {
  UDP_RECEIVED("udp_received", "datagrams read"),
  UDP_SENT("udp_sent", "datagrams written"),
  UDP_UNSENT("udp_unsent", "replies that the system did not take: buffer full, or an error"),
  UDP_KERNEL_DROPS("udp_kernel_drops", "datagrams that the kernel dropped before they were read"),
  UDP_RECEIVE_BUFFER("udp_receive_buffer_bytes", "receive buffer of one UDP socket, as granted"),
  TCP_OPEN("tcp_open", "connections that are open now"),
  TCP_ACCEPTED("tcp_accepted", "connections accepted"),
  TCP_RECEIVED("tcp_received", "whole messages read"),
  TCP_SENT("tcp_sent", "replies written"),
  TCP_EVICTED("tcp_evicted", "idle connections closed, over a limit, to let another one in"),
  TCP_REFUSED("tcp_refused", "failures to accept, mostly for want of descriptors"),
  TCP_TIMEOUTS("tcp_timeouts", "connections closed as idle (RFC 7766 section 6.2.3)"),
  TCP_STALLED("tcp_stalled", "connections closed because what they made us hold was too much"),
  TCP_TRANSFERS("tcp_transfers", "AXFR and IXFR queries answered, refusals too"),
  FAULTS("net_faults", "exceptions that reached the edge of a query thread");

  private final String id;
  private final String meaning;

  NetCounter(String id, String meaning) {
    this.id = id;
    this.meaning = meaning;
  }

  /** The label in metrics. */
  public String id() {
    return id;
  }

  /** One sentence for docs and help texts. */
  public String meaning() {
    return meaning;
  }

  /** Whether it says how things are now; the others only grow. */
  public boolean isGauge() {
    return this == TCP_OPEN || this == UDP_RECEIVE_BUFFER;
  }
}
