package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenShift's Route: each router that took it says so in {@code status.ingress[]}. AKO writes its
 * VIP as the message of a condition; OpenShift's own routers give the name of their load balancer.
 * The host is the one that the router serves, which knows the domain of a {@code spec.subdomain}.
 */
public final class RouteReader implements ObjectReader {
  @Override
  public String kind() {
    return "Route";
  }

  @Override
  public Reading read(Origin origin, GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    List<String> problems = new ArrayList<>();
    String asked = Fields.text(tree, "spec", "host");
    Check check = check(tree);
    Set<Reading.Vip> vips = new LinkedHashSet<>();
    for (Object router : Fields.list(tree, "status", "ingress")) {
      String served = Fields.text(router, "host");
      String host = asked == null ? served : asked;
      if (host == null || (served != null && !HostNames.normal(served).equals(normal(host)))) {
        continue; // what a router served before the host was changed
      }
      String problem = HostNames.problem(normal(host));
      Destination destination = destination(router, problems);
      if (problem != null) {
        problems.add(problem);
      } else if (destination != null) {
        vips.add(new Reading.Vip(normal(host), destination, check));
      }
    }
    if (vips.isEmpty() && problems.isEmpty()) {
      problems.add("no router has admitted it yet");
    }
    return Reading.of(origin, object, List.copyOf(vips), problems);
  }

  private static String normal(String host) {
    return HostNames.normal(host);
  }

  private static @Nullable Destination destination(Object router, List<String> problems) {
    List<?> conditions = Fields.list(router, "conditions");
    String name = Objects.requireNonNullElse(Fields.text(router, "routerName"), "");
    if (name.startsWith("ako-")) {
      for (Object condition : conditions) {
        String message = Fields.text(condition, "message");
        InetAddress address = message == null ? null : Addresses.parse(message);
        if (address != null) {
          return Destination.of(address);
        }
      }
      problems.add("the router " + name + " gives no address");
      return null;
    }
    boolean admitted =
        conditions.stream()
            .anyMatch(
                condition ->
                    "Admitted".equals(Fields.text(condition, "type"))
                        && "True".equals(Fields.text(condition, "status")));
    String canonical = Fields.text(router, "routerCanonicalHostname");
    if (!admitted || canonical == null) {
      problems.add(
          "the router %s %s".formatted(name, admitted ? "gives no name" : "has not admitted it"));
      return null;
    }
    InetAddress address = Addresses.parse(canonical);
    String host = normal(canonical);
    if (address != null) {
      return Destination.of(address);
    }
    return HostNames.problem(host) == null ? new Destination.HostName(host) : null;
  }

  private static Check check(Object tree) {
    if ("passthrough".equals(Fields.text(tree, "spec", "tls", "termination"))) {
      return new Check.Tcp(Check.HTTPS_PORT);
    }
    String path = Fields.text(tree, "spec", "path");
    return new Check.Http(
        Fields.at(tree, "spec", "tls") != null,
        List.of(path == null ? "/" : Paths.literal(path, false)));
  }
}
