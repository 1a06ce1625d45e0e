package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fairlead.sync.cluster.Kubeconfig.Endpoint;
import io.fairlead.sync.object.Identity;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One cluster's client and its informers, one for each kind. Lists, watches, resumes and lists
 * again by itself until it is closed; what it learns it tells on threads of its own.
 */
final class Connection implements AutoCloseable {
  /** Objects in one piece of a list: bounds what a list holds in memory at once. */
  private static final long PAGE = 500;

  /**
   * The longest wait between attempts, in steps of {@link Pace#reconnect}, as informers have it.
   */
  private static final int MAX_STEPS = 32;

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
      List<Kind> missing = kinds;
      int steps = 1;
      while (!isClosed()) {
        try {
          missing = follow(missing);
          if (missing.isEmpty()) {
            return;
          }
          steps = MAX_STEPS; // kinds that the cluster does not know now may be installed later
        } catch (KubernetesClientException | IllegalArgumentException e) {
          listener.failed(Reasons.of(e, endpoint.server()));
        }
        var _ =
            closed.await(pace.reconnect().multipliedBy(steps).toMillis(), TimeUnit.MILLISECONDS);
        steps = Math.min(2 * steps, MAX_STEPS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to follow these kinds; those that the cluster does not know are given back. */
  private List<Kind> follow(List<Kind> asked) {
    KubernetesClient made = madeClient();
    var discovery = new Discovery(made);
    List<Kind> missing = new ArrayList<>();
    List<Followed> found = new ArrayList<>();
    List<String> withheld = new ArrayList<>();
    for (Kind kind : asked) {
      ResourceDefinitionContext definition = discovery.find(kind);
      if (definition == null) {
        missing.add(kind);
      } else if (kind.optional() && !discovery.mayList(definition)) {
        withheld.add(definition.getPlural());
        missing.add(kind);
      } else {
        found.add(informer(made, kind.handler(), definition));
      }
    }
    listener.withheld(withheld);
    synchronized (this) {
      if (isClosed()) {
        return List.of();
      }
      boolean first = followed.isEmpty();
      followed.addAll(found);
      CompletableFuture<?>[] started =
          found.stream()
              .map(kind -> kind.informer().start().toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      if (first) {
        var _ = CompletableFuture.allOf(started).thenRun(listener::synced);
      }
    }
    return missing;
  }

  private KubernetesClient madeClient() {
    KubernetesClient made;
    synchronized (this) {
      made = client;
    }
    if (made == null) {
      made = client();
      synchronized (this) {
        client = made;
        if (isClosed()) {
          release();
        }
      }
    }
    return made;
  }

  /**
   * Writes an object's status by merge patch, on a thread of its own. On the object itself: these
   * kinds have no status of their own to write to.
   *
   * @param failed told why, on the listener's terms
   */
  void patchStatus(
      List<ResourceDefinitionContext> definitions,
      String namespace,
      String name,
      Map<String, String> status,
      Consumer<String> failed) {
    patch(definitions, namespace, name, status, object -> object, failed);
  }

  /** The same of a kind that has a status to write to. */
  void patchStatusOf(
      List<ResourceDefinitionContext> definitions,
      String namespace,
      String name,
      Map<String, Object> status,
      Consumer<String> failed) {
    patch(definitions, namespace, name, status, object -> object.subresource("status"), failed);
  }

  private void patch(
      List<ResourceDefinitionContext> definitions,
      String namespace,
      String name,
      Map<String, ?> status,
      Function<Resource<GenericKubernetesResource>, EditReplacePatchable<GenericKubernetesResource>>
          part,
      Consumer<String> failed) {
    KubernetesClient made;
    synchronized (this) {
      made = client;
    }
    if (made == null) {
      return;
    }
    Thread.ofVirtual()
        .name("sync-status")
        .start(
            () -> {
              try {
                part.apply(
                        made.genericKubernetesResources(definitions.getFirst())
                            .inNamespace(namespace)
                            .withName(name))
                    .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        made.getKubernetesSerialization().asJson(Map.of("status", status)));
              } catch (KubernetesClientException e) {
                failed.accept(Reasons.of(e, endpoint.server()));
              }
            });
  }

  /**
   * Says something at an object, on a thread of its own. The event's name is made of what it says:
   * an API server takes it once.
   *
   * @param failed told why, and whether it is that we may not
   */
  void writeEvent(
      Complaint complaint, Identity object, Instant at, BiConsumer<String, Boolean> failed) {
    KubernetesClient made;
    synchronized (this) {
      made = client;
    }
    if (made == null) {
      failed.accept("there is no connection", false);
      return;
    }
    Thread.ofVirtual()
        .name("sync-event")
        .start(
            () -> {
              try {
                var _ =
                    made.genericKubernetesResources(Kinds.EVENT.getFirst())
                        .inNamespace(complaint.origin().namespace())
                        .resource(EventObject.of(complaint, object, at))
                        .create();
              } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) { // it stands there already
                  failed.accept(
                      Reasons.of(e, endpoint.server()),
                      e.getCode() == HttpURLConnection.HTTP_FORBIDDEN);
                }
              }
            });
  }

  private KubernetesClient client() {
    Config config = Config.fromKubeconfig(endpoint.context().getName(), endpoint.file().toFile());
    // Failures are ours to hear at once, and the informer's to repeat; not the HTTP client's too.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout(millis(pace.request()));
    config.setRequestTimeout(millis(pace.request()));
    config.setWatchReconnectInterval(millis(pace.reconnect()));
    config.setWatchReconnectLimit(-1);
    Path tokenFile = endpoint.tokenFile();
    if (tokenFile != null) {
      config.setOauthTokenProvider(() -> token(tokenFile));
    }
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("fairlead", tap))
        .build();
  }

  /** Read for each request: whoever rotates a token writes its file anew. */
  private static String token(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return ""; // is refused, and that is said
    }
  }

  private Followed informer(
      KubernetesClient made, ObjectHandler handler, ResourceDefinitionContext definition) {
    var informer =
        made.genericKubernetesResources(definition)
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
    var one = new Followed(definition.getPlural(), handler, informer, tap);
    informer.addEventHandler(one);
    return one;
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

    /** Kinds that are there and may not be listed; they are tried again. */
    void withheld(List<String> plurals);

    /** It does not work now, and goes on trying. */
    void failed(String reason);
  }

  /**
   * A kind of object to follow.
   *
   * @param definitions its versions, the best first; one that is not optional has one
   * @param optional the cluster may not know it, now or ever
   */
  record Kind(
      List<ResourceDefinitionContext> definitions, boolean optional, ObjectHandler handler) {}

  /** Who reads a kind's objects. */
  interface ObjectHandler {
    /** Listed is false when a watch witnessed it, true when a list said so. */
    void present(GenericKubernetesResource object, boolean listed);

    /** The stub has a name and a namespace only. */
    void gone(GenericKubernetesResource stub, boolean listed);
  }

  /** A kind that is followed; tells what comes of it, and whether from a list. */
  private record Followed(
      String plural,
      ObjectHandler handler,
      SharedIndexInformer<GenericKubernetesResource> informer,
      Tap tap)
      implements ResourceEventHandler<GenericKubernetesResource> {
    boolean isWatching() {
      return informer.isWatching() || tap.isRunning(plural);
    }

    private boolean isListed() {
      return !informer.isWatching() && !tap.isFollowed(plural);
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
      handler.present(object, isListed());
    }

    @Override
    public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource object) {
      handler.present(object, isListed());
    }

    @Override
    public void onDelete(GenericKubernetesResource stub, boolean deletedFinalStateUnknown) {
      handler.gone(stub, deletedFinalStateUnknown);
    }
  }
}
