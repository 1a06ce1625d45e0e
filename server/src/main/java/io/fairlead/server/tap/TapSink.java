package io.fairlead.server.tap;

import io.fairlead.dns.tap.Tapped;
import java.io.IOException;

/** Where tapped queries go. Called on one thread; what fails is told once, and tried again. */
interface TapSink {
  /** Where that is, for the log. */
  String name();

  /** Opens it; called again after a failure. */
  void open() throws IOException;

  /**
   * Takes one.
   *
   * @param micros when the reply was ready, since 1970
   */
  void write(Tapped tapped, long micros) throws IOException;

  /** All that there was for now has been written. */
  void flush() throws IOException;

  /** Ends it as its readers expect; never fails. */
  void close();
}
