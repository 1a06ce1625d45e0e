package io.fairlead.config.file;

import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.policy.spec.ServiceSpec;

/** How many monitors a member must pass: all, any, or a number of them. */
final class MonitorsRequired {
  private static final TextValue<Integer> NUMBER = Numbers.between(1, 100);

  static final TextValue<Integer> VALUE =
      new TextValue<>(
          "all, any, or how many",
          ServiceSpec.ALL_MONITORS,
          text ->
              switch (text) {
                case "all" -> ServiceSpec.ALL_MONITORS;
                case "any" -> 1;
                default -> NUMBER.parser().apply(text);
              },
          number -> number == ServiceSpec.ALL_MONITORS ? "all" : number == 1 ? "any" : number + "");

  private MonitorsRequired() {}
}
