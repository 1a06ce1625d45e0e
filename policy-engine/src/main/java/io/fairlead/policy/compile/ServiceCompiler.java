package io.fairlead.policy.compile;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.policy.spec.ServiceSpec;
import java.util.List;

/** Compiles one service for one liveness; called again when a verdict touches the service. */
public final class ServiceCompiler {
  public ServiceCompiler(EndpointNumbers endpoints, Turns turns) {}

  public SteeredService compile(ServiceSpec service, Liveness liveness) {
    return new SteeredService(service.name(), List.of());
  }
}
