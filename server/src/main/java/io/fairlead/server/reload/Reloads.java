package io.fairlead.server.reload;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.version.Occasion;
import io.fairlead.server.version.Versions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which configuration is served after the first one: what the file says, unless a version is
 * pinned. One change at a time, or who began to read an older file could end last.
 */
public final class Reloads {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  /** Who serves what we decide. */
  public interface Serving {
    /** Returns when it is served; throws where a file of places cannot be used. */
    void apply(FairleadConfig config, String text, List<Problem> warnings) throws GeoFileException;

    /** It cannot be served: the one before goes on. */
    void refuse(List<Problem> problems);
  }

  private final @Nullable ConfigFile file;
  private final Versions versions;
  private final Serving serving;
  private final InstantSource clock;

  /**
   * @param file null where the configuration came from none
   */
  public Reloads(
      @Nullable ConfigFile file, Versions versions, Serving serving, InstantSource clock) {
    this.file = file;
    this.versions = versions;
    this.serving = serving;
    this.clock = clock;
  }

  public Versions versions() {
    return versions;
  }

  /**
   * Reads the file again; returns when what it says is served.
   *
   * @return the problems; where there are any, nothing has changed
   */
  public synchronized List<Problem> reload(Occasion occasion) {
    if (file == null) {
      return List.of(noFile());
    }
    // Read in any case: what was read is not read again until it changes again.
    ConfigFile.Reading reading = file.read();
    if (versions.pinned().isPresent()) {
      Problem pinned =
          problem(
              "not applied: version %d is pinned, until \"fairlead unpin\""
                  .formatted(versions.pinned().getAsInt()));
      LOG.warn("{}: {}", occasion.why(), pinned);
      return List.of(pinned);
    }
    return offer(reading, occasion);
  }

  /**
   * Serves a version that was accepted before, and pins it.
   *
   * @throws IllegalArgumentException where there is no such version
   */
  public synchronized List<Problem> rollback(int number, Occasion occasion) {
    String text = versions.text(number);
    Path place = file == null ? Path.of("version-" + number) : file.path();
    var reading = new ConfigFile.Reading(text, ConfigLoader.load(place, text));
    List<Problem> problems = apply(reading);
    if (problems.isEmpty()) {
      versions.pin(number);
      LOG.warn("version {} is served and pinned: {}", number, occasion.why());
    }
    return problems;
  }

  /** Ends a pin: what the file says is served again. Where it is not valid, the pin stays. */
  public synchronized List<Problem> unpin(Occasion occasion) {
    if (file == null) {
      return List.of(noFile());
    }
    List<Problem> problems = offer(file.read(), occasion);
    if (problems.isEmpty()) {
      versions.unpin();
      LOG.info("no version is pinned any more: {}", occasion.why());
    }
    return problems;
  }

  /** What the file says now, loaded and not served. */
  public synchronized Result look() {
    // A reading of its own: this file stays unread for the watch.
    return file == null
        ? new Result.Refused(List.of(noFile()))
        : new ConfigFile(file.path()).read().result();
  }

  private List<Problem> offer(ConfigFile.Reading reading, Occasion occasion) {
    List<Problem> problems = apply(reading);
    if (problems.isEmpty()) {
      versions.accepted(reading.text(), occasion, clock.instant());
    }
    return problems;
  }

  private List<Problem> apply(ConfigFile.Reading reading) {
    List<Problem> problems =
        switch (reading.result()) {
          case Result.Loaded(var config, var warnings) -> {
            try {
              serving.apply(config, reading.text(), warnings);
              yield List.of();
            } catch (GeoFileException e) {
              yield List.of(Places.problem(e));
            }
          }
          case Result.Refused(var found) -> found;
        };
    if (!problems.isEmpty()) {
      serving.refuse(problems);
    }
    return problems;
  }

  private Problem problem(String reason) {
    return new Problem(file == null ? "(none)" : file.path().toString(), 0, 0, "", reason);
  }

  private Problem noFile() {
    return problem("this server was started without a file");
  }
}
