package io.fairlead.server.admin;

import io.fairlead.server.admin.http.Feed;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.event.EventLog;
import java.util.List;

/** What happens, as it happens. */
public final class EventRoutes implements Routes {
  private final EventLog events;

  public EventRoutes(EventLog events) {
    this.events = events;
  }

  @Override
  public void addTo(Paths paths) {
    paths.stream("/api/v1/events", new Newest());
  }

  private final class Newest implements Feed {
    @Override
    public List<Frame> after(long id, int atMost) {
      return events.after(id, atMost).stream()
          .map(one -> new Frame(one.number(), one.event().kind().word(), one.json()))
          .toList();
    }

    @Override
    public long last() {
      return events.last();
    }

    @Override
    public long forgotten() {
      return events.forgotten();
    }

    @Override
    public Runnable follow(Runnable more) {
      return events.follow(more);
    }
  }
}
