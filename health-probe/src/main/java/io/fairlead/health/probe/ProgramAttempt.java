package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program under way: on a thread of its own, since starting and waiting block. */
final class ProgramAttempt implements Probe.Attempt {
  /** Of what it says, the beginning is the reason; the rest is read and forgotten. */
  private static final int MAX_SAID_OCTETS = 2048;

  private final ProcessBuilder command;
  private final BiFunction<Integer, String, ProbeResult> judge;
  private final Consumer<ProbeResult> done;
  private final Executor loop;
  private @Nullable Process process;
  private boolean over;

  /**
   * @param judge makes a result of the exit code and what was said
   * @param done called by the loop
   */
  ProgramAttempt(
      ProcessBuilder command,
      BiFunction<Integer, String, ProbeResult> judge,
      Consumer<ProbeResult> done,
      Executor loop) {
    this.command = command;
    this.judge = judge;
    this.done = done;
    this.loop = loop;
  }

  /** Blocks until it has ended. */
  void run() {
    ProbeResult result;
    try {
      Process started = start();
      result = started == null ? null : result(started);
    } catch (IOException e) {
      result = new ProbeResult.NotCounted("not probed: " + Reasons.rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      result = new ProbeResult.NotCounted("not probed: interrupted");
    }
    ProbeResult found = result;
    if (found != null) {
      tellLater(found);
    }
  }

  private synchronized @Nullable Process start() throws IOException {
    if (over) {
      return null;
    }
    process = command.redirectErrorStream(true).start();
    return process;
  }

  private ProbeResult result(Process started) throws IOException, InterruptedException {
    started.getOutputStream().close();
    try (InputStream out = started.getInputStream()) {
      String said = new String(out.readNBytes(MAX_SAID_OCTETS), UTF_8);
      out.transferTo(OutputStream.nullOutputStream());
      return judge.apply(started.waitFor(), said.lines().findFirst().orElse("").strip());
    } finally {
      end(started);
    }
  }

  private void tellLater(ProbeResult result) {
    try {
      loop.execute(() -> tell(result));
    } catch (RejectedExecutionException _) {
      // the prober was closed meanwhile: nobody wants to know
    }
  }

  private void tell(ProbeResult result) {
    boolean late;
    synchronized (this) {
      late = over;
      over = true;
    }
    if (!late) {
      done.accept(result);
    }
  }

  @Override
  public synchronized String giveUp() {
    Process running = process;
    boolean wasOver = over;
    over = true;
    if (running != null && !wasOver) {
      Thread _ = Thread.ofVirtual().start(() -> end(running));
    }
    return running == null ? "it was not started yet" : "it was still running";
  }

  /** With all of its children: it leads a group of its own, see {@link Programs}. */
  private static void end(Process running) {
    running.descendants().forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();
    try {
      Process _ =
          new ProcessBuilder("kill", "-KILL", "--", "-" + running.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException _) {
      // no kill on this machine: its children were ended one by one
    }
  }
}
