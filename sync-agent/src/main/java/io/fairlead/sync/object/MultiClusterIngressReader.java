package io.fairlead.sync.object;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ImportedMember.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** AKO's MultiClusterIngress: one host, and backends in several clusters behind one VIP. */
public final class MultiClusterIngressReader implements ObjectReader {
  @Override
  public String kind() {
    return "MultiClusterIngress";
  }

  @Override
  public Reading read(Origin origin, GenericKubernetesResource object) {
    Object tree = object.getAdditionalProperties();
    List<String> problems = new ArrayList<>();
    String host =
        HostNames.normal(Objects.requireNonNullElse(Fields.text(tree, "spec", "hostName"), ""));
    String problem = HostNames.problem(host);
    if (problem != null) {
      problems.add(problem);
    }
    Check check = check(tree);
    List<Reading.Vip> vips =
        LoadBalancerStatus.read(tree, problems).stream()
            .filter(_ -> problem == null)
            .map(entry -> new Reading.Vip(host, entry.destination(), check))
            .distinct()
            .toList();
    return Reading.of(origin, object, vips, problems);
  }

  private static Check check(Object tree) {
    List<String> paths = new ArrayList<>();
    for (Object config : Fields.list(tree, "spec", "config")) {
      String path = Fields.text(config, "path");
      paths.add(path == null ? "/" : Paths.literal(path, false));
    }
    return new Check.Http(
        Fields.text(tree, "spec", "secretName") != null,
        paths.isEmpty() ? List.of("/") : paths.stream().distinct().limit(Paths.MOST).toList());
  }
}
