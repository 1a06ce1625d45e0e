package io.fairlead.server.control;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.server.calm.ReturnRules;
import io.fairlead.server.state.Absence;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Why a member is no answer although its checks may pass: what its verdicts do not say.
 *
 * @param override the operator's word that counts; null where there is none
 * @param absence its way back; null where it has not failed lately
 * @param due when it comes back by itself; {@link Instant#MAX} where it does not
 * @param reason in a sentence; empty where nothing holds it back
 */
public record Standing(
    @Nullable OperatorOverride override, @Nullable Absence absence, Instant due, String reason) {
  public static Standing of(PlannedMember member, Published published) {
    Model model = published.model();
    OperatorOverride override = word(member, model);
    Absence absence = model.calm().absences().get(member.subject());
    ReturnRules rules = Comebacks.rules(published.plan(), model.config()).apply(member.subject());
    Instant due = absence == null || !absence.isHeld() ? Instant.MAX : rules.due(absence);
    String reason = override == null ? "" : said(override, member);
    if (reason.isEmpty()) {
      reason = byFile(member, model);
    }
    if (reason.isEmpty() && absence != null && absence.guarded()) {
      reason = "kept by the mass-down guard: very many fail at once, which is rather our own sight";
    }
    if (reason.isEmpty() && published.share(member) < Liveness.WHOLE) {
      reason = "in its slow start, with %d/16 of its weight".formatted(published.share(member));
    }
    if (reason.isEmpty() && absence != null) {
      reason = held(member.subject(), absence, due);
    }
    return new Standing(override, absence, due, reason);
  }

  /** The operator's word about the member or its site; one that keeps it out before others. */
  static @Nullable OperatorOverride word(PlannedMember member, Model model) {
    OperatorOverride own = model.overrides().get(member.subject());
    OperatorOverride site = model.overrides().get(new Subject.Site(member.member().site()));
    boolean ownCounts = own != null && (own.keepsOut() || site == null || !site.keepsOut());
    return ownCounts ? own : site;
  }

  private static String said(OperatorOverride override, PlannedMember member) {
    String who = override.subject() instanceof Subject.Site(var name) ? "its site " + name : "it";
    String why = override.reason().isEmpty() ? "" : ": " + override.reason();
    return switch (override.state()) {
      case DISABLE -> "an operator has disabled %s at %s%s".formatted(who, at(override), why);
      case DRAIN ->
          "an operator drains %s since %s, and caches have forgotten it at %s%s"
              .formatted(who, at(override), whole(Drains.end(override, member.service())), why);
      case ENABLE -> "";
    };
  }

  private static Instant at(OperatorOverride override) {
    return whole(override.since());
  }

  private static Instant whole(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String byFile(PlannedMember member, Model model) {
    if (!member.member().enabled()) {
      return "the file says enabled: false";
    }
    if (!member.pool().enabled()) {
      return "the file says enabled: false of its pool";
    }
    return Availabilities.siteEnabled(member, model)
        ? ""
        : "the file says enabled: false of its site";
  }

  private static String held(Subject.Member member, Absence absence, Instant due) {
    Instant well = absence.wellSince();
    if (well == null || !absence.isHeld()) {
      return "";
    }
    return due.equals(Instant.MAX)
        ? "well since %s, and waits for an operator: fairlead member resume %s %s"
            .formatted(whole(well), member.service(), member.address())
        : "well since %s, and comes back at %s if it stays so (failures that count: %d)"
            .formatted(whole(well), whole(due), absence.flaps());
  }
}
