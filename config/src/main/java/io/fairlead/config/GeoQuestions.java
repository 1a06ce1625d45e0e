package io.fairlead.config;

import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.policy.spec.ServiceSpec.PoolSelection;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.When;
import io.fairlead.sync.spec.SyncSpec;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What services ask about the places of clients and members. */
final class GeoQuestions {
  private final Set<GeoAttribute> asked = EnumSet.noneOf(GeoAttribute.class);

  private GeoQuestions() {}

  static Set<GeoAttribute> of(
      List<ServiceSpec> services, ImportDefaults imported, @Nullable SyncSpec sync) {
    var questions = new GeoQuestions();
    services.forEach(questions::add);
    if (sync != null) {
      questions.add(imported, sync);
    }
    return Set.copyOf(questions.asked);
  }

  private void add(ServiceSpec service) {
    if (service.poolSelection() == PoolSelection.GEO) {
      asked.add(GeoAttribute.LOCATION);
    }
    service.pools().stream().map(PoolSpec::algorithm).forEach(this::add);
  }

  /** AMKO's objects may ask for either algorithm at any time. */
  private void add(ImportDefaults imported, SyncSpec sync) {
    boolean either = sync.amko() != null;
    if (either || sync.policy().algorithm().equals("geo")) {
      asked.add(GeoAttribute.LOCATION);
    }
    TopologySpec topology = imported.topology();
    if (topology != null && (either || sync.policy().algorithm().equals("topology"))) {
      add(new Algorithm.Topology(topology));
    }
  }

  private void add(Algorithm algorithm) {
    switch (algorithm) {
      case Algorithm.Geo _ -> asked.add(GeoAttribute.LOCATION);
      case Algorithm.Topology(var topology) ->
          topology.rules().stream().map(TopologySpec.Rule::when).forEach(this::add);
      case Algorithm.RoundRobin _, Algorithm.PreferenceOrder _, Algorithm.ConsistentHash _ -> {}
    }
  }

  private void add(When when) {
    add(GeoAttribute.CONTINENT, when.continents());
    add(GeoAttribute.COUNTRY, when.countries());
    add(GeoAttribute.REGION, when.regions());
    add(GeoAttribute.CITY, when.cities());
    add(GeoAttribute.ASN, when.asns());
    add(GeoAttribute.TAG, when.tags());
  }

  private void add(GeoAttribute attribute, Collection<?> values) {
    if (!values.isEmpty()) {
      asked.add(attribute);
    }
  }
}
