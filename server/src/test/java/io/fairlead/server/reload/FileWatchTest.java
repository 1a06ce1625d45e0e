package io.fairlead.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A changed file is noticed, again and again, whatever became of the last change. */
final class FileWatchTest {
  private static final int DEADLINE_SECONDS = 30;

  @TempDir private Path folder;

  @Test
  void aChangeThatCouldNotBeTakenDoesNotEndTheWatch() throws IOException, InterruptedException {
    Path path = folder.resolve("fairlead.yaml");
    Files.writeString(path, "first");
    var file = new ConfigFile(path);
    var _ = file.read();
    var seen = new LinkedBlockingQueue<String>();

    try (var _ =
        new FileWatch(
            file,
            () -> {
              seen.add(file.read().text());
              throw new IllegalStateException("the first to look, and it fails");
            })) {
      Files.writeString(path, "the second");
      assertThat(seen.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("the second");

      Files.writeString(path, "and the third");
      assertThat(seen.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("and the third");
    }
  }
}
