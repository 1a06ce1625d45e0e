package io.fairlead.dns.net;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.SequencedCollection;

/** The UDP half of a listener. */
interface UdpEngine {
  /** The addresses to open for what is asked: wildcards as this engine can serve them. */
  SequencedCollection<InetSocketAddress> expand(List<InetSocketAddress> asked)
      throws SocketException;

  /**
   * Serves at an address from now on.
   *
   * @return with the port that it really has
   */
  InetSocketAddress open(InetSocketAddress address) throws ListenException;

  /** Octets of one socket's receive buffer, as granted; 0 without a socket. */
  long receiveBuffer();

  /** Begins to answer what the system has received until now, and to read no more. */
  void finish();

  /**
   * Closes everything, after {@link #finish}.
   *
   * @param end of the ticker's nanoseconds; until then what was received is waited for
   */
  void close(long end);
}
