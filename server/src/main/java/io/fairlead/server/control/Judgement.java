package io.fairlead.server.control;

import io.fairlead.config.CalmSpec;
import io.fairlead.dns.choice.Availability;
import io.fairlead.server.calm.ReturnRules;
import java.util.List;

/** What is thought of members, from which services are compiled. */
interface Judgement {
  Availability availability(PlannedMember member);

  /** What a member has of its weight, in sixteenths. */
  int share(PlannedMember member);

  /** Whether a verdict about one of a service's members may soon be another. */
  boolean inDoubt(List<PlannedMember> members);

  /** What control thinks: verdicts, operators' words and calm. */
  static Judgement of(Model model) {
    return new Judgement() {
      @Override
      public Availability availability(PlannedMember member) {
        return Availabilities.of(member, model);
      }

      @Override
      public int share(PlannedMember member) {
        return model
            .calm()
            .share(member.subject(), _ -> new ReturnRules(member.pool().failback(), CalmSpec.OFF));
      }

      @Override
      public boolean inDoubt(List<PlannedMember> members) {
        return members.stream().anyMatch(member -> Doubts.about(member, model));
      }
    };
  }
}
