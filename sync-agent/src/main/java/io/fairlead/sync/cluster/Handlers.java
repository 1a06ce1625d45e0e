package io.fairlead.sync.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fairlead.sync.cluster.Connection.Kind;
import io.fairlead.sync.cluster.Connection.ObjectHandler;
import io.fairlead.sync.gateway.Gateways;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.object.Identity;
import io.fairlead.sync.object.IngressReader;
import io.fairlead.sync.object.MultiClusterIngressReader;
import io.fairlead.sync.object.ObjectReader;
import io.fairlead.sync.object.Reading;
import io.fairlead.sync.object.RouteReader;
import io.fairlead.sync.object.ServiceReader;
import io.fairlead.sync.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who reads which objects of a cluster. Objects are read where they come, and what they say is
 * brought to the agent's thread.
 */
final class Handlers {
  private final String context;
  private final ClusterView view;
  private final Gateways gateways;
  private final Consumer<Runnable> hear;

  /**
   * @param hear brings a word to the agent's thread
   */
  Handlers(String context, ClusterView view, Gateways gateways, Consumer<Runnable> hear) {
    this.context = context;
    this.view = view;
    this.gateways = gateways;
    this.hear = hear;
  }

  /** The kinds to follow; Ingress is every cluster's, the others may not be installed. */
  List<Kind> kinds(Following following) {
    List<Kind> kinds = new ArrayList<>();
    boolean externalDns = following.sources().contains(Source.EXTERNAL_DNS);
    for (Source source : following.sources()) {
      switch (source) {
        case INGRESS ->
            kinds.add(new Kind(Kinds.INGRESS, false, objects(new IngressReader(externalDns))));
        case SERVICE ->
            kinds.add(new Kind(Kinds.SERVICE, true, objects(new ServiceReader(externalDns))));
        case ROUTE -> kinds.add(new Kind(Kinds.ROUTE, true, objects(new RouteReader())));
        case GATEWAY -> {
          kinds.add(new Kind(Kinds.GATEWAY, true, gateways()));
          Kinds.GATEWAY_ROUTES.forEach(
              kind -> kinds.add(new Kind(kind, true, routes(kind, externalDns))));
        }
        case MULTI_CLUSTER_INGRESS ->
            kinds.add(
                new Kind(
                    Kinds.MULTI_CLUSTER_INGRESS, true, objects(new MultiClusterIngressReader())));
        case EXTERNAL_DNS -> {} // a way to read the others
      }
    }
    if (following.namespaces()) {
      kinds.add(new Kind(Kinds.NAMESPACE, false, namespaces()));
    }
    if (following.hostRules()) {
      kinds.add(new Kind(Kinds.HOST_RULE, true, hostRules()));
    }
    return kinds;
  }

  private ObjectHandler objects(ObjectReader reader) {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        Origin origin = origin(object, reader.kind());
        Reading reading = safely(origin, () -> reader.read(origin, object));
        Identity identity = Identity.of(object);
        hear.accept(() -> view.put(reading, identity, listed));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        Origin origin = origin(stub, reader.kind());
        hear.accept(() -> view.remove(origin, listed));
      }
    };
  }

  private ObjectHandler gateways() {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        hear.accept(() -> gateways.gateway(key(object), object).forEach(r -> view.put(r, listed)));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        hear.accept(() -> gateways.gateway(key(stub), null).forEach(r -> view.put(r, listed)));
      }

      private String key(GenericKubernetesResource object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
      }
    };
  }

  private ObjectHandler routes(List<ResourceDefinitionContext> kind, boolean externalDns) {
    String name = kind.getFirst().getKind();
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        Origin origin = origin(object, name);
        hear.accept(
            () ->
                view.put(
                    safely(origin, () -> gateways.route(origin, object, externalDns)),
                    Identity.of(object),
                    listed));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        Origin origin = origin(stub, name);
        hear.accept(
            () -> {
              gateways.routeGone(origin);
              view.remove(origin, listed);
            });
      }
    };
  }

  private ObjectHandler namespaces() {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        Map<String, String> labels = object.getMetadata().getLabels();
        hear.accept(() -> view.namespace(name(object), labels == null ? Map.of() : labels, listed));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        hear.accept(() -> view.namespace(name(stub), null, listed));
      }

      private String name(GenericKubernetesResource object) {
        return object.getMetadata().getName();
      }
    };
  }

  private ObjectHandler hostRules() {
    return new ObjectHandler() {
      @Override
      public void present(GenericKubernetesResource object, boolean listed) {
        hear.accept(() -> view.hostRule(object, listed));
      }

      @Override
      public void gone(GenericKubernetesResource stub, boolean listed) {
        hear.accept(() -> view.hostRuleGone(stub, listed));
      }
    };
  }

  private Origin origin(GenericKubernetesResource object, String kind) {
    String namespace = object.getMetadata().getNamespace();
    return new Origin(
        context, namespace == null ? "" : namespace, kind, object.getMetadata().getName());
  }

  /** Objects come in shapes that nobody foresaw: one that breaks its reader is one problem more. */
  private static Reading safely(Origin origin, Supplier<Reading> reading) {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      return new Reading(origin, Map.of(), List.of(), List.of("cannot be read: " + e));
    }
  }
}
