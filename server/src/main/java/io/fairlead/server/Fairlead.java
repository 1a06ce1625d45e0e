package io.fairlead.server;

import io.fairlead.config.FairleadConfig;
import io.fairlead.config.Problem;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.dns.count.Counters;
import io.fairlead.dns.net.DnsListener;
import io.fairlead.dns.net.ListenException;
import io.fairlead.dns.net.NetFault;
import io.fairlead.dns.query.EdnsSettings;
import io.fairlead.dns.query.GuardedHandler;
import io.fairlead.dns.query.QueryHandler;
import io.fairlead.dns.query.SnapshotCell;
import io.fairlead.dns.transfer.Notifier;
import io.fairlead.dns.transfer.TransferTable;
import io.fairlead.dns.transfer.Transfers;
import io.fairlead.dns.tsig.SigningHandler;
import io.fairlead.health.schedule.Prober;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.HealthSink;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.server.admin.AdminBackend;
import io.fairlead.server.admin.EventRoutes;
import io.fairlead.server.admin.ExplainRoutes;
import io.fairlead.server.admin.HealthRoutes;
import io.fairlead.server.admin.Metrics;
import io.fairlead.server.admin.OverrideRoutes;
import io.fairlead.server.admin.ReloadRoutes;
import io.fairlead.server.admin.ServiceRoutes;
import io.fairlead.server.admin.http.AdminServer;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.ControlLoop;
import io.fairlead.server.control.Imports;
import io.fairlead.server.control.Journal;
import io.fairlead.server.control.Keeping;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.Secondaries;
import io.fairlead.server.control.Transition;
import io.fairlead.server.event.Changes;
import io.fairlead.server.event.Event;
import io.fairlead.server.event.EventLines;
import io.fairlead.server.event.EventLog;
import io.fairlead.server.reload.ConfigFile;
import io.fairlead.server.reload.Places;
import io.fairlead.server.state.StateFile;
import io.fairlead.server.state.StateKeeper;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** This node's own word about a target; a second node's will have another name. */
  private static final String OWN_VANTAGE = "self";

  private final Environment environment;
  private final FairleadConfig started;
  private final @Nullable ConfigFile file;
  private final CompletableFuture<Void> answering = new CompletableFuture<>();
  private final Places places = new Places();
  private final SnapshotCell cell = new SnapshotCell();
  private final Counters counters = new Counters();
  private final EdnsSettings edns = EdnsSettings.DEFAULT;
  private final Closing closing = new Closing();
  private final EventLog events;
  private final StateKeeper keeper;
  private final ControlLoop control;
  private final Prober prober;
  private final Imports imports;
  private final Transfers transfers;
  private final Notifier notifier;
  private final SigningHandler signing;
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
    this.file = file;
    this.events = new EventLog(environment.clock().instant());
    try {
      var stateFile = new StateFile(config.node().stateDirectory());
      keeper = closing.add("state", new StateKeeper(stateFile));
      control = closing.add("control", new ControlLoop(environment.clock(), this::told));
      prober =
          closing.add(
              "probes",
              Prober.start(
                  new Verdicts(), environment.clock(), environment.random(), Release.userAgent()));
      imports =
          closing.add(
              "clusters", new Imports(control::offer, environment.clock(), environment.random()));
      transfers = new Transfers(environment.clock(), LOG::info);
      notifier =
          closing.add(
              "notify", new Notifier(environment.clock(), environment.random(), LOG::warn));
      signing = new SigningHandler(new QueryHandler(cell, edns), environment.clock());
      var handler = new GuardedHandler(signing, Fairlead::tellFault);
      listener =
          closing.add(
              "dns",
              DnsListener.bind(
                  config.listen(), handler, transfers, counters, Fairlead::tellFault));
      var metrics = closing.add("metrics", new Metrics(counters, this::published));
      admin = closing.add("admin", bindAdmin(config.admin(), metrics));
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
    waitAtMost(config.node().readyTimeout());
  }

  private AdminServer bindAdmin(InetSocketAddress address, Metrics metrics) {
    var backend = new Backend(metrics);
    try {
      return new AdminServer(
          address,
          List.of(
              new HealthRoutes(backend),
              new ServiceRoutes(backend),
              new ExplainRoutes(backend),
              new ReloadRoutes(backend),
              new OverrideRoutes(new Operator(control, environment.clock())),
              new EventRoutes(events)));
    } catch (CompletionException e) {
      throw new StartFailure(
          "admin " + address.getHostString() + ":" + address.getPort() + ": " + reason(e), e);
    }
  }

  private static String reason(CompletionException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  private void waitAtMost(Duration bound) {
    CompletableFuture.delayedExecutor(bound.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> control.offer(new ControlEvent.ReadyTimeoutPassed()));
  }

  private static void tellFault(Throwable failure) {
    LOG.error("a query failed in our own code and got SERVFAIL; its like will be refused", failure);
  }

  private static void tellFault(NetFault fault) {
    LOG.warn("{}: {}; further ones are counted only", fault.where(), fault.cause().toString());
  }

  /** One step of control has been taken: queries first, then those who work for the next step. */
  private void told(Transition step) {
    if (step.replanned()) {
      serveSecondaries(Secondaries.of(step.after()));
    }
    if (step.republished()) {
      cell.publish(step.after().snapshot());
    }
    if (step.after().snapshot().ready()) {
      answering.complete(null);
    }
    if (step.replanned()) {
      prober.watch(step.after().plan().targets(), Map.of());
      imports.follow(step.after().model());
    }
    List<Event> happened = Changes.of(step, environment.clock().instant());
    EventLines.write(happened);
    Journal.write(step);
    events.add(happened);
    if (Keeping.changed(step)) {
      var _ = keeper.keep(Keeping.of(step.after(), environment.clock().instant()));
    }
  }

  private void serveSecondaries(TransferTable table) {
    transfers.use(table);
    signing.use(table.keys());
    notifier.follow(table);
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
    return new InetSocketAddress(started.admin().getAddress(), admin.port());
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
    if (file == null) {
      return List.of(new Problem("(none)", 0, 0, "", "this server was started without a file"));
    }
    // One at a time, or who began to read an older file could end last.
    synchronized (file) {
      return reload(file);
    }
  }

  private List<Problem> reload(ConfigFile file) {
    ConfigFile.Reading reading = file.read();
    return switch (reading.result()) {
      case ConfigLoader.Result.Loaded(var config, var warnings) -> {
        try {
          apply(config, reading.text(), warnings);
          yield List.of();
        } catch (GeoFileException e) {
          yield refuse(List.of(Places.problem(e)));
        }
      }
      case ConfigLoader.Result.Refused(var problems) -> refuse(problems);
    };
  }

  private List<Problem> refuse(List<Problem> problems) {
    control.applied(new ControlEvent.ConfigRefused(problems, environment.clock().instant()));
    return problems;
  }

  /**
   * Serves another configuration; returns when it is served. What needs a restart is said in the
   * log.
   *
   * @throws GeoFileException where a file of places cannot be used; nothing has changed then
   */
  public void apply(FairleadConfig config) throws GeoFileException {
    apply(config, "", List.of());
  }

  private void apply(FairleadConfig config, String text, List<Problem> warnings)
      throws GeoFileException {
    GeoData geo = places.load(config);
    if (!config.listen().equals(started.listen()) || !config.admin().equals(started.admin())) {
      LOG.warn("listen and admin addresses are taken at start only: restart to change them");
    }
    control.offer(new ControlEvent.GeoLoaded(geo));
    control.applied(
        new ControlEvent.ConfigLoaded(config, text, warnings, environment.clock().instant()));
  }

  /** Stops: no new query is read, TCP clients get what they asked for, the state is kept. */
  @Override
  public void close() {
    closing.close();
  }

  /** What probes say, as events. */
  private final class Verdicts implements HealthSink {
    @Override
    public void changed(Target target, TargetStatus status) {
      control.offer(new ControlEvent.HealthChanged(target, OWN_VANTAGE, status));
    }

    @Override
    public void firstRoundDone() {
      control.offer(new ControlEvent.FirstRoundDone());
    }
  }

  /** What the admin API may ask. */
  private final class Backend implements AdminBackend {
    private final Metrics metrics;

    Backend(Metrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public Published published() {
      return control.current();
    }

    @Override
    public Counters counters() {
      return counters;
    }

    @Override
    public EdnsSettings edns() {
      return edns;
    }

    @Override
    public List<String> troubles() {
      var troubles = new ArrayList<String>();
      if (!keeper.failure().isEmpty()) {
        troubles.add(keeper.failure());
      }
      if (!published().model().refused().isEmpty()) {
        troubles.add("the newest configuration file was refused, the one before is served");
      }
      published().model().clusters().values().stream()
          .filter(cluster -> !cluster.connected())
          .forEach(
              cluster -> troubles.add("cluster " + cluster.cluster() + ": " + cluster.reason()));
      return troubles;
    }

    @Override
    public String metrics() {
      return metrics.scrape();
    }

    @Override
    public List<Problem> reload() {
      return Fairlead.this.reload();
    }
  }
}
