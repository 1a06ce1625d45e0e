package io.fairlead.dns.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * An address could not be listened on; nothing is left open. Its message is for the operator: "udp
 * 127.0.0.1:5300: address already in use".
 */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;

  ListenException(String protocol, InetSocketAddress address, Throwable cause) {
    super(protocol + " " + NetUtil.toSocketAddressString(address) + ": " + reason(cause), cause);
    this.address = address;
  }

  /** As it was asked for. */
  public InetSocketAddress address() {
    return address;
  }

  /** The system's words only: Netty puts "bind(..) failed with error(-98): " before them. */
  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    if (message == null) {
      return cause.getClass().getSimpleName();
    }
    String words = message.substring(message.lastIndexOf(": ") + 1).strip();
    return words.isEmpty()
        ? message
        : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }
}
