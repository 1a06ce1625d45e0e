package io.fairlead.dns.net.batch;

/** What a thread of the batch engine tells; on that thread, so it must not block. */
public interface BatchEvents {
  /**
   * A batch is done.
   *
   * @param received datagrams read
   * @param sent replies that the system took
   * @param unsent replies that it did not take
   */
  void done(int received, int sent, int unsent);

  /** A system call failed, or the handler threw; serving goes on. */
  void fault(Throwable cause);
}
