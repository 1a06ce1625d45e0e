package io.fairlead.bench.load;

import java.io.IOException;
import java.util.Map;

/**
 * As much as the server answers: so many questions are always under way, sent and received in
 * batches. Finds what an answer costs the server.
 */
final class ClosedLoop implements Loop {
  private final Target target;
  private final Datagrams datagrams;
  private final int window;
  private int nextId;

  /**
   * @param window questions under way: enough that the server never waits
   */
  ClosedLoop(Target target, Datagrams datagrams, int window) {
    this.target = target;
    this.datagrams = datagrams;
    this.window = window;
  }

  @Override
  public Sample run(long nanos) throws IOException {
    long answered = 0;
    long wrong = 0;
    long lost = 0;
    int underWay = 0;
    Map<String, Long> cpu = target.cpu();
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      while (underWay + Datagrams.BATCH <= window) {
        int sent = datagrams.ask(Datagrams.BATCH, nextId);
        nextId += sent;
        underWay += sent;
      }
      int count = datagrams.receive(true);
      if (count == 0) {
        lost += underWay;
        underWay = 0;
      }
      for (int i = 0; i < count; i++) {
        wrong += datagrams.isRight(i) ? 0 : 1;
      }
      answered += count;
      underWay = Math.max(0, underWay - count);
    }
    long end = System.nanoTime();
    var sample = new Sample(answered, wrong, lost, end - start, target.cpuSince(cpu));
    while (underWay > 0) {
      int count = datagrams.receive(true);
      underWay = count == 0 ? 0 : underWay - count;
    }
    return sample;
  }

  @Override
  public void close() {
    datagrams.close();
  }
}
