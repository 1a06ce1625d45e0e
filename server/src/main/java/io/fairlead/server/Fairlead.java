package io.fairlead.server;

import io.fairlead.config.AdminSpec;
import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.TapSpec;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.net.DnsListener;
import io.fairlead.dns.net.ListenException;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.GuardedHandler;
import io.fairlead.dns.query.PacketHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.query.TappedHandler;
import io.fairlead.dns.tap.Taps;
import io.fairlead.health.schedule.PastProbe;
import io.fairlead.health.spec.Target;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.admin.AdminBackend;
import io.fairlead.server.admin.AgentRoutes;
import io.fairlead.server.admin.ClusterRoutes;
import io.fairlead.server.admin.ConsoleRoutes;
import io.fairlead.server.admin.EventRoutes;
import io.fairlead.server.admin.ExplainRoutes;
import io.fairlead.server.admin.FederationRoutes;
import io.fairlead.server.admin.GuardRoutes;
import io.fairlead.server.admin.HealthRoutes;
import io.fairlead.server.admin.Metrics;
import io.fairlead.server.admin.OverrideRoutes;
import io.fairlead.server.admin.PushRoutes;
import io.fairlead.server.admin.ReloadRoutes;
import io.fairlead.server.admin.ServiceRoutes;
import io.fairlead.server.admin.Shares;
import io.fairlead.server.admin.SiteRoutes;
import io.fairlead.server.admin.VersionRoutes;
import io.fairlead.server.admin.http.AdminServer;
import io.fairlead.server.answering.Answering;
import io.fairlead.server.answering.Primary;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.ControlLoop;
import io.fairlead.server.control.Imports;
import io.fairlead.server.control.Journal;
import io.fairlead.server.control.Keeping;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Probing;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Secondaries;
import io.fairlead.server.control.Transition;
import io.fairlead.server.event.Changes;
import io.fairlead.server.event.Event;
import io.fairlead.server.event.EventLines;
import io.fairlead.server.event.EventLog;
import io.fairlead.server.push.Inbox;
import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.reload.FileWatch;
import io.fairlead.server.reload.Places;
import io.fairlead.server.reload.Reloads;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import io.fairlead.server.tap.TapWriter;
import io.fairlead.server.version.Occasion;
import io.fairlead.server.version.VersionFolder;
import io.fairlead.server.version.Versions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Everything is built here with {@code new}, top to bottom, and closed in
 * reverse.
 *
 * <pre>{@code
 * try (var server = Fairlead.start(config, Environment.system())) {
 *   server.awaitAnswering(Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class Fairlead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Environment environment;
  private final FairleadConfig started;
  private final CompletableFuture<Void> answering = new CompletableFuture<>();
  private final Places places = new Places();
  private final SnapshotCell cell = new SnapshotCell();
  private final Counters counters = new Counters();
  private final Closing closing = new Closing();
  private final Versions versions;
  private final Reloads reloads;
  private final EventLog events;
  private final StateKeeper keeper;
  private final ControlLoop control;
  private final Probes probes;
  private final Imports imports;
  private final Inbox inbox;
  private final Answering answers;
  private final Primary primary;
  private final DnsListener listener;
  private final AdminServer admin;

  /**
   * Starts a server that is told everything by the caller.
   *
   * @throws StartFailure where an address cannot be bound
   */
  public static Fairlead start(FairleadConfig config, Environment environment) {
    return new Fairlead(config, "", List.of(), null, environment);
  }

  /**
   * Starts a server of a file, which {@link #reload} reads again.
   *
   * @param text the file as it was read, kept for the day when it cannot be
   * @throws StartFailure where an address cannot be bound
   */
  public static Fairlead start(
      ConfigFile file, String text, ConfigLoader.Result.Loaded loaded, Environment environment) {
    return new Fairlead(loaded.config(), text, loaded.warnings(), file, environment);
  }

  private Fairlead(
      FairleadConfig config,
      String text,
      List<Problem> warnings,
      @Nullable ConfigFile file,
      Environment environment) {
    this.environment = environment;
    this.started = config;
    versions = new Versions(new VersionFolder(config.node().stateDirectory()));
    reloads = new Reloads(file, versions, new Serving(), environment.clock());
    this.events = new EventLog(environment.clock().instant());
    try {
      var clock = environment.clock();
      var webhooks = closing.add("webhooks", Reporting.webhooks(config, events, environment));
      var stateFile = new StateFile(config.node().stateDirectory());
      keeper = closing.add("state", new StateKeeper(stateFile));
      control = closing.add("control", new ControlLoop(clock, counters::forget, this::told));
      probes = closing.add("probes", new Probes(control, environment));
      imports = closing.add("clusters", new Imports(control::offer, clock, environment.random()));
      inbox = closing.add("inbox", new Inbox(control::offer, clock));
      answers =
          closing.add(
              "answers",
              new Answering(
                  cell, config.wire(), clock, environment.ticker(), environment.random()));
      primary = closing.add("notify", new Primary(answers.handler(), clock, environment.random()));
      var taps = new Taps(environment.ticker());
      PacketHandler handler = new GuardedHandler(primary.handler(), FaultLog::tell);
      TapSpec tapSpec = config.wire().taps();
      if (!tapSpec.isOff()) {
        String name = config.node().name();
        closing.add("taps", new TapWriter(tapSpec, name, Release.userAgent(), taps, clock));
        handler = new TappedHandler(handler, taps);
      }
      listener =
          closing.add(
              "dns",
              DnsListener.bind(
                  Descriptors.within(config.listen()),
                  handler,
                  primary.transfers(),
                  counters,
                  FaultLog::tell));
      FaultLog.tellEngine(listener);
      var metrics =
          closing.add(
              "metrics",
              new Metrics(
                  counters,
                  listener::count,
                  taps::lost,
                  this::published,
                  webhooks::tallies,
                  probes::counts,
                  events,
                  environment.clock()));
      Reporting.export(config, metrics, environment, closing);
      var shares =
          closing.add("shares", new Shares(counters, this::published, environment.ticker()));
      admin = closing.add("admin", bindAdmin(config.admin(), new Backend(metrics, shares)));
      control.offer(new ControlEvent.GeoLoaded(places.load(config)));
      StateKeeper.restore(stateFile)
          .ifPresent(state -> control.offer(new ControlEvent.Restored(state)));
    } catch (ListenException e) {
      closing.close();
      throw new StartFailure(String.valueOf(e.getMessage()), e);
    } catch (GeoFileException e) {
      closing.close();
      throw new StartFailure(Places.problem(e).toString(), e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
    control.offer(
        new ControlEvent.ConfigLoaded(config, text, warnings, environment.clock().instant()));
    control.start();
    versions.accepted(text, Occasion.START, environment.clock().instant());
    closing.add("places", new FileWatch(places, this::reloadPlaces));
    waitAtMost(config.node().readyTimeout());
  }

  private AdminServer bindAdmin(AdminSpec spec, Backend backend) {
    var operator = new Operator(control, environment.clock());
    try {
      return new AdminServer(
          spec,
          environment.clock(),
          List.of(
              new ConsoleRoutes(),
              new HealthRoutes(backend),
              new ServiceRoutes(backend),
              new SiteRoutes(backend),
              new ExplainRoutes(backend),
              new ReloadRoutes(backend),
              new ClusterRoutes(this::published, imports, inbox),
              new FederationRoutes(imports),
              new AgentRoutes(this::published, inbox),
              new VersionRoutes(reloads),
              new OverrideRoutes(operator),
              new GuardRoutes(operator),
              new PushRoutes(backend, probes),
              new EventRoutes(events)));
    } catch (CompletionException e) {
      throw new StartFailure(
          "admin %s:%d: %s"
              .formatted(spec.listen().getHostString(), spec.listen().getPort(), reason(e)),
          e);
    }
  }

  private static String reason(CompletionException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  private void waitAtMost(Duration bound) {
    CompletableFuture.delayedExecutor(bound.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> control.offer(new ControlEvent.ReadyTimeoutPassed()));
  }

  /** One step of control has been taken: queries first, then those who work for the next step. */
  private void told(Transition step) {
    if (step.republished()) {
      cell.publish(step.after().snapshot());
    }
    if (step.replanned()) {
      primary.serve(Secondaries.of(step.after()));
    }
    if (step.after().snapshot().ready()) {
      answering.complete(null);
    }
    if (Probing.mayHaveChanged(step)) {
      probes.follow(step.after());
    }
    if (step.replanned()) {
      imports.follow(step.after().model());
      imports.note(step.after().plan().notes());
    }
    List<Event> happened = Changes.of(step, environment.clock().instant());
    EventLines.write(happened);
    Journal.write(step);
    events.add(happened);
    Keeping.keep(step, environment.clock(), keeper);
  }

  /** What is served now. */
  public Published published() {
    return control.current();
  }

  /** Where UDP is answered, with the ports that were bound. */
  public List<InetSocketAddress> udpAddresses() {
    return listener.udpAddresses();
  }

  /** Where TCP is answered, with the ports that were bound. */
  public List<InetSocketAddress> tcpAddresses() {
    return listener.tcpAddresses();
  }

  /** Where the admin API is. */
  public InetSocketAddress adminAddress() {
    return new InetSocketAddress(started.admin().listen().getAddress(), admin.port());
  }

  /** All that the admin API can be asked, such as {@code GET /api/v1/services/{name}}. */
  public SortedSet<String> adminOperations() {
    return admin.operations();
  }

  public Counters counters() {
    return counters;
  }

  /**
   * Waits until queries are answered.
   *
   * @return false where the time is over first
   */
  public boolean awaitAnswering(Duration atMost) throws InterruptedException {
    try {
      answering.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody completes this with a failure", e);
    }
  }

  /**
   * Reads the file again; returns when what it says is served.
   *
   * @return the problems; where there are any, nothing has changed
   */
  public List<Problem> reload() {
    return reload(Occasion.CALLER);
  }

  /** The same, and the version that comes of it says why it is there. */
  public List<Problem> reload(Occasion occasion) {
    return reloads.reload(occasion);
  }

  /** Files that say where clients are were replaced: what the configuration makes of them now. */
  private void reloadPlaces() {
    synchronized (places) {
      FairleadConfig config = published().model().config();
      if (config != null) {
        try {
          control.applied(new ControlEvent.GeoLoaded(places.load(config)));
        } catch (GeoFileException e) {
          LOG.error("{}: refused, the places before go on", Places.problem(e));
        }
      }
    }
  }

  /**
   * Serves another configuration; returns when it is served. What needs a restart is said in the
   * log.
   *
   * @throws GeoFileException where a file of places cannot be used; nothing has changed then
   */
  public void apply(FairleadConfig config) throws GeoFileException {
    apply(config, "", List.of());
    versions.accepted("", Occasion.CALLER, environment.clock().instant());
  }

  private void apply(FairleadConfig config, String text, List<Problem> warnings)
      throws GeoFileException {
    // Whoever read older files of places must not end last.
    synchronized (places) {
      GeoData geo = places.load(config);
      AtStartOnly.compare(started, config);
      answers.follow(config.wire());
      control.offer(new ControlEvent.GeoLoaded(geo));
      control.applied(
          new ControlEvent.ConfigLoaded(config, text, warnings, environment.clock().instant()));
    }
  }

  /** Stops: no new query is read, TCP clients get what they asked for, the state is kept. */
  @Override
  public void close() {
    closing.close();
  }

  /** What is to be served next. */
  private final class Serving implements Reloads.Serving {
    @Override
    public void apply(FairleadConfig config, String text, List<Problem> warnings)
        throws GeoFileException {
      Fairlead.this.apply(config, text, warnings);
    }

    @Override
    public void refuse(List<Problem> problems) {
      control.applied(new ControlEvent.ConfigRefused(problems, environment.clock().instant()));
    }
  }

  /** What the admin API may ask. */
  private final class Backend implements AdminBackend {
    private final Metrics metrics;
    private final Shares shares;

    Backend(Metrics metrics, Shares shares) {
      this.metrics = metrics;
      this.shares = shares;
    }

    @Override
    public Published published() {
      return control.current();
    }

    @Override
    public EdnsSettings edns() {
      return answers.spec().edns();
    }

    @Override
    public Shares shares() {
      return shares;
    }

    @Override
    public List<String> troubles() {
      return Troubles.of(
          published(),
          versions,
          List.of(keeper.failure(), versions.failure(), places.failure(), probes.trouble()));
    }

    @Override
    public List<PastProbe> history(Target target) {
      return probes.history(target);
    }

    @Override
    public String metrics() {
      return metrics.scrape();
    }

    @Override
    public Reloads reloads() {
      return reloads;
    }
  }
}
