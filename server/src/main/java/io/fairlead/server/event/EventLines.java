package io.fairlead.server.event;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Events in the log: one line each; as JSON it has the facts beside the text. */
public final class EventLines {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private EventLines() {}

  public static void write(List<Event> events) {
    events.forEach(EventLines::write);
  }

  private static void write(Event event) {
    LoggingEventBuilder line =
        switch (event.weight()) {
          case INFO -> LOG.atInfo();
          case WARNING -> LOG.atWarn();
          case ERROR -> LOG.atError();
        };
    line = line.addKeyValue("kind", event.kind().word());
    for (var fact : event.facts().entrySet()) {
      line = line.addKeyValue(fact.getKey(), fact.getValue());
    }
    if (event.cacheHorizon() != null) {
      line = line.addKeyValue("cacheHorizon", event.cacheHorizon());
    }
    line.log(event.text());
  }
}
