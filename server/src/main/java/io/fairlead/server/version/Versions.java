package io.fairlead.server.version;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every accepted configuration as a version, the one that is served, and the one that is pinned. A
 * disk that fails is said, and stops nothing: what is served is served.
 */
public final class Versions {
  /** A change a day for a quarter; with what is said of each, a page to look through. */
  static final int MAX_VERSIONS = 100;

  /** Twice the largest file that is loaded: what it is and what it was. */
  static final long MAX_OCTETS = 128L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

  private final VersionFolder folder;

  /** The oldest first. */
  private final List<Version> kept;

  private @Nullable Version current;
  private OptionalInt pinned;
  private String failure = "";

  public Versions(VersionFolder folder) {
    this.folder = folder;
    this.kept = new ArrayList<>(folder.list());
    this.pinned = folder.pinned();
  }

  /** What is kept, the newest first. */
  public synchronized List<Version> all() {
    return List.copyOf(kept.reversed());
  }

  /** What is served; null where nothing is, or where it was not told as a file. */
  public synchronized @Nullable Version current() {
    return current;
  }

  /** The version that stays whatever the file says. */
  public synchronized OptionalInt pinned() {
    return pinned;
  }

  /** Why the newest step is not on disk; empty while it is. */
  public synchronized String failure() {
    return failure;
  }

  /**
   * The text of a version.
   *
   * @throws IllegalArgumentException where there is no such version, and says which there are
   */
  public synchronized String text(int number) {
    try {
      return folder.text(find(number).number());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "version " + number + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Version find(int number) {
    return kept.stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    kept.isEmpty()
                        ? "there is no version yet"
                        : "there is no version %d; kept are %d to %d"
                            .formatted(number, kept.getFirst().number(), kept.getLast().number())));
  }

  /**
   * This is served from now on; a text that is the newest one already makes no other version.
   *
   * @param text empty where the configuration came from no file
   */
  public synchronized void accepted(String text, Occasion occasion, Instant at) {
    if (text.isEmpty()) {
      current = null;
      return;
    }
    String sha256 = VersionFolder.sha256(text);
    Version same = same(sha256);
    if (same != null) {
      current = same;
      return;
    }
    int number = kept.isEmpty() ? 1 : kept.getLast().number() + 1;
    long octets = text.getBytes(StandardCharsets.UTF_8).length;
    var version = new Version(number, at, occasion, octets, sha256);
    current = version;
    tryTo(
        "version " + number + " cannot be kept",
        () -> {
          folder.write(version, text);
          kept.add(version);
          forget();
        });
  }

  /** What is served, what is pinned, or the newest, where that is the text. */
  private @Nullable Version same(String sha256) {
    if (current != null && current.sha256().equals(sha256)) {
      return current;
    }
    return kept.reversed().stream()
        .filter(version -> version == kept.getLast() || version.number() == pinned.orElse(0))
        .filter(version -> version.sha256().equals(sha256))
        .findFirst()
        .orElse(null);
  }

  /** A version that was kept before is served again, and stays until it is unpinned. */
  public synchronized void pin(int number) {
    current = find(number);
    pinned = OptionalInt.of(number);
    tryTo("the pin of version " + number + " cannot be kept", () -> folder.pin(number));
  }

  public synchronized void unpin() {
    pinned = OptionalInt.empty();
    tryTo("the pin cannot be taken away", folder::unpin);
  }

  /** The oldest go first; never the one that is served or pinned. */
  private void forget() throws IOException {
    long octets = kept.stream().mapToLong(Version::octets).sum();
    for (Version version : List.copyOf(kept)) {
      if (kept.size() <= MAX_VERSIONS && octets <= MAX_OCTETS) {
        return;
      }
      if (!version.equals(current) && pinned.orElse(0) != version.number()) {
        folder.remove(version.number());
        kept.remove(version);
        octets -= version.octets();
      }
    }
  }

  private interface Step {
    void take() throws IOException;
  }

  private void tryTo(String otherwise, Step step) {
    try {
      step.take();
      failure = "";
    } catch (IOException e) {
      failure = otherwise + ": " + e;
      LOG.error("serving on, but {}", failure);
    }
  }
}
