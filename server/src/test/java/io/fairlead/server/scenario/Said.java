package io.fairlead.server.scenario;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What the server says in its log, kept instead of printed. */
final class Said implements AutoCloseable {
  private static final List<String> LOGGERS = List.of("fairlead", "io.fairlead");

  private final List<ILoggingEvent> events = new ArrayList<>();
  private final AppenderBase<ILoggingEvent> ear =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (kept.test(event)) {
            synchronized (events) {
              events.add(event);
            }
          }
        }
      };

  private final Predicate<ILoggingEvent> kept;

  Said() {
    this(_ -> true);
  }

  /** For tests that last: only what {@link #traces} tells is kept. */
  static Said ofFailures() {
    return new Said(event -> event.getThrowableProxy() != null);
  }

  private Said(Predicate<ILoggingEvent> kept) {
    this.kept = kept;
    ear.start();
    LOGGERS.forEach(
        name -> {
          logger(name).addAppender(ear);
          logger(name).setAdditive(false);
        });
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Lines of this level or a more serious one, in order. */
  List<String> atLeast(Level level) {
    synchronized (events) {
      return events.stream()
          .filter(event -> event.getLevel().isGreaterOrEqual(level))
          .map(ILoggingEvent::getFormattedMessage)
          .toList();
    }
  }

  /** Lines with these words. */
  List<String> with(String words) {
    return atLeast(Level.TRACE).stream().filter(line -> line.contains(words)).toList();
  }

  /** Lines of failures that nobody expected: they come with a stack trace. */
  List<String> traces() {
    synchronized (events) {
      return events.stream()
          .filter(event -> event.getThrowableProxy() != null)
          .map(event -> event.getFormattedMessage() + ": " + event.getThrowableProxy().getMessage())
          .toList();
    }
  }

  @Override
  public void close() {
    LOGGERS.forEach(
        name -> {
          logger(name).detachAppender(ear);
          logger(name).setAdditive(true);
        });
    ear.stop();
  }
}
