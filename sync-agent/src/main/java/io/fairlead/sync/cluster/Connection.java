package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's client and its informers, one for each kind. Lists, watches, resumes and lists
 * again by itself until it is closed; what it learns it tells on threads of its own.
 */
final class Connection implements AutoCloseable {
  /** Objects in one piece of a list: bounds what a list holds in memory at once. */
  private static final long PAGE = 500;

  /** Steps of {@link Pace#reconnect} between attempts to make a client at all. */
  private static final int REBUILD_STEPS = 32;

  private final Endpoint endpoint;
  private final List<Kind> kinds;
  private final Pace pace;
  private final Listener listener;
  private final Tap tap;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this: made by the connecting thread, closed by another. */
  private final List<Followed> followed = new ArrayList<>();

  private @Nullable KubernetesClient client;

  private Connection(Endpoint endpoint, List<Kind> kinds, Pace pace, Listener listener) {
    this.endpoint = endpoint;
    this.kinds = kinds;
    this.pace = pace;
    this.listener = listener;
    this.tap = new Tap(endpoint.server(), listener::failed);
  }

  /**
   * Returns at once. The client is made on a thread of its own: a credential plug-in is a program
   * that may take its time.
   *
   * @param pace its own, with its share of jitter
   */
  static Connection open(Endpoint endpoint, List<Kind> kinds, Pace pace, Listener listener) {
    var connection = new Connection(endpoint, kinds, pace, listener);
    Thread.ofVirtual()
        .name("sync-connect-" + endpoint.context().getName())
        .start(connection::connect);
    return connection;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  List<Kind> kinds() {
    return kinds;
  }

  /** True while every watch runs; then everything that lists said has been told. */
  synchronized boolean isWatching() {
    return !followed.isEmpty() && followed.stream().allMatch(Followed::isWatching);
  }

  @Override
  public void close() {
    closed.countDown();
    Thread.ofVirtual().name("sync-close").start(this::release); // it may wait for a dead peer
  }

  private synchronized void release() {
    followed.forEach(kind -> kind.informer().close());
    followed.clear();
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private void connect() {
    try {
      do {
        try {
          begin();
          return;
        } catch (KubernetesClientException | IllegalArgumentException e) {
          listener.failed(Reasons.of(e, endpoint.server()));
        }
      } while (!closed.await(
          pace.reconnect().multipliedBy(REBUILD_STEPS).toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin() {
    KubernetesClient made = client();
    synchronized (this) {
      client = made;
      if (isClosed()) {
        release();
        return;
      }
      kinds.forEach(kind -> followed.add(follow(made, kind)));
      CompletableFuture<?>[] started =
          followed.stream()
              .map(kind -> kind.informer().start().toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      var _ = CompletableFuture.allOf(started).thenRun(listener::synced);
    }
  }

  private KubernetesClient client() {
    Config config = Config.fromKubeconfig(endpoint.context().getName(), endpoint.file().toFile());
    // Failures are ours to hear at once, and the informer's to repeat; not the HTTP client's too.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(millis(pace.request()));
    config.setRequestTimeout(millis(pace.request()));
    config.setWatchReconnectInterval(millis(pace.reconnect()));
    config.setWatchReconnectLimit(-1);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("fairlead", tap))
        .build();
  }

  private Followed follow(KubernetesClient made, Kind kind) {
    var informer =
        made.genericKubernetesResources(kind.definition())
            .inAnyNamespace()
            .withLimit(PAGE)
            .runnableInformer(0);
    informer.itemStore(new KeyStore());
    informer.initialState(Stream.empty()); // so that the watch begins after the whole list was told
    informer.exceptionHandler(
        (_, failure) -> {
          listener.failed(Reasons.of(failure, endpoint.server()));
          return !isClosed();
        });
    var followed = new Followed(kind, informer, tap);
    informer.addEventHandler(followed);
    return followed;
  }

  private static int millis(Duration time) {
    return Math.toIntExact(time.toMillis());
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** What a connection says of itself. Called on its threads. */
  interface Listener {
    /** Every kind was listed whole, for the first time. */
    void synced();

    /** It does not work now, and goes on trying. */
    void failed(String reason);
  }

  /** A kind of object to follow. */
  record Kind(ResourceDefinitionContext definition, ObjectHandler handler) {}

  /** Who reads a kind's objects. */
  interface ObjectHandler {
    /** Listed is false when a watch witnessed it, true when a list said so. */
    void present(GenericKubernetesResource object, boolean listed);

    /** The stub has a name and a namespace only. */
    void gone(GenericKubernetesResource stub, boolean listed);
  }

  /** A kind that is followed; tells what comes of it, and whether from a list. */
  private record Followed(
      Kind kind, SharedIndexInformer<GenericKubernetesResource> informer, Tap tap)
      implements ResourceEventHandler<GenericKubernetesResource> {
    boolean isWatching() {
      return informer.isWatching() || tap.isRunning(kind.definition().getPlural());
    }

    private boolean isListed() {
      return !informer.isWatching() && !tap.isFollowed(kind.definition().getPlural());
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
      kind.handler().present(object, isListed());
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
      kind.handler().present(object, isListed());
    }

    @Override
    public void onDelete(GenericKubernetesResource stub, boolean deletedFinalStateUnknown) {
      kind.handler().gone(stub, deletedFinalStateUnknown);
    }
  }
}
