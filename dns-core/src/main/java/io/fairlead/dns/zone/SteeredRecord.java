package io.fairlead.dns.zone;

/**
 * A record that a chooser may take.
 *
 * @param type the type it is written as: that of the RRset, or CNAME
 * @param rdata uncompressed wire form; not copied, nobody writes to it
 * @param endpoint the member's endpoint, for counting what was handed out; {@link #NO_ENDPOINT} for
 *     a fallback
 */
public record SteeredRecord(int type, byte[] rdata, int endpoint) {
  public static final int NO_ENDPOINT = -1;
}
