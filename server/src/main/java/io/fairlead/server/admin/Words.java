package io.fairlead.server.admin;

import io.fairlead.dns.choice.Availability;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import java.util.Locale;

/** Our types in the words that files and people use. */
final class Words {
  private Words() {}

  static String of(Availability availability) {
    return availability.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String of(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static String of(Algorithm algorithm) {
    return kebab(algorithm.getClass().getSimpleName());
  }

  static String of(DownResponse response) {
    return kebab(response.getClass().getSimpleName());
  }

  /** {@code RoundRobin} is {@code round-robin}. */
  static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
