package io.fairlead.bench.load;

import java.io.IOException;

/** A way to put one server under load, for a slice of time at each call. */
interface Loop extends AutoCloseable {
  Sample run(long nanos) throws IOException;

  @Override
  void close() throws IOException;
}
