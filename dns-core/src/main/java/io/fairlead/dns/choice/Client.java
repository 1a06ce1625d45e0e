package io.fairlead.dns.choice;

/**
 * For whom we answer: the resolver that asks, or the subnet that it names (RFC 7871). Mutable; one
 * for each query thread, filled before each choice.
 */
public final class Client {
  private final Address resolver = new Address();
  private final Address subnet = new Address();
  private boolean hasSubnet;

  /** Forgets the subnet of the last query; the resolver is set by whoever received the packet. */
  public void clearSubnet() {
    hasSubnet = false;
  }

  /** The resolver's own address: the peer of the packet. */
  public Address resolver() {
    return resolver;
  }

  /** The subnet of the EDNS client subnet option; meaningful only with {@link #hasSubnet}. */
  public Address subnet() {
    return subnet;
  }

  /**
   * Says that {@link #subnet} has been filled from a valid option with a source prefix above 0 (RFC
   * 7871 section 7.2.1).
   */
  public void useSubnet() {
    hasSubnet = true;
  }

  public boolean hasSubnet() {
    return hasSubnet;
  }

  /**
   * The address to decide by: the subnet where there is one and the service allows it, else the
   * resolver.
   */
  public Address decidingAddress(boolean subnetAllowed) {
    return hasSubnet && subnetAllowed ? subnet : resolver;
  }
}
