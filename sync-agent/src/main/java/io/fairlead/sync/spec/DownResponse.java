package io.fairlead.sync.spec;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is answered when no member is alive.
 *
 * @param type as the configuration file has it: none, no-data, servfail, all-records,
 *     fallback-address
 * @param fallback the address of fallback-address, else null
 * @param second one more, of the other family
 */
public record DownResponse(
    String type, @Nullable InetAddress fallback, @Nullable InetAddress second) {
  public static final DownResponse NONE = new DownResponse("none", null);

  public DownResponse(String type, @Nullable InetAddress fallback) {
    this(type, fallback, null);
  }
}
