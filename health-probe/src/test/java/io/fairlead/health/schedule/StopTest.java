package io.fairlead.health.schedule;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.probe.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A real process is stopped by SIGSTOP in the midst of a probe; its peer loses patience meanwhile.
 */
class StopTest {
  private static final int PEERS_PATIENCE_MILLIS = 1_000;

  @Test
  void aStoppedProcessTurnsNothingDown() throws Exception {
    BlockingQueue<String> visits = new LinkedBlockingQueue<>();
    var greet = new SynchronousQueue<String>();
    try (var peer =
        new Peer(
            connection -> {
              visits.add("one");
              greet.take();
              visits.add(converse(connection));
            })) {
      Process process = start(peer.port());
      try (var said = process.inputReader(US_ASCII)) {
        visit(visits, greet);
        assertThat(said.readLine()).isEqualTo("UP");
        assertThat(visits.poll(20, TimeUnit.SECONDS)).isEqualTo("answered");

        assertThat(visits.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
        signal(process, "STOP");
        Wait.until("it stands still", () -> isStopped(process));
        greet.put("now");
        assertThat(visits.poll(20, TimeUnit.SECONDS)).isEqualTo("gave up");
        signal(process, "CONT");

        visit(visits, greet);
        assertThat(visits.poll(20, TimeUnit.SECONDS)).isEqualTo("answered");
        process.getOutputStream().write('\n');
        process.getOutputStream().close();
        assertThat(said.readAllAsString()).isEqualTo("not counted: 1\n");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static void visit(BlockingQueue<String> visits, SynchronousQueue<String> greet)
      throws InterruptedException {
    assertThat(visits.poll(20, TimeUnit.SECONDS)).isEqualTo("one");
    greet.put("now");
  }

  private static String converse(Socket connection) throws IOException {
    connection.getOutputStream().write("hello\n".getBytes(US_ASCII));
    connection.setSoTimeout(PEERS_PATIENCE_MILLIS);
    try {
      byte[] _ = connection.getInputStream().readNBytes(6);
    } catch (SocketTimeoutException _) {
      connection.setSoLinger(true, 0);
      return "gave up";
    }
    connection.getOutputStream().write("fine\n".getBytes(US_ASCII));
    return "answered";
  }

  private static Process start(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StoppedProcess.class.getName(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** State T of proc(5): the signal takes effect when a thread of the process next runs. */
  private static boolean isStopped(Process process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
          .contains(") T ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(Process process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
