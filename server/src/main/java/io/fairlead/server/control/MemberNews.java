package io.fairlead.server.control;

import io.fairlead.dns.choice.Liveness;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.server.state.OperatorOverride;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a member is what it is, and since when: an operator, its site, its own checks, in this order.
 *
 * @param since null where nobody knows: it is not monitored, or no probe has finished
 * @param reason in plain words; empty for a member that nobody monitors and nobody holds back
 */
public record MemberNews(@Nullable Instant since, String reason) {
  /** Of what is published now. */
  public static MemberNews of(PlannedMember member, Published published) {
    Standing standing = Standing.of(member, published);
    boolean whole = published.share(member) == Liveness.WHOLE;
    if (!standing.reason().isEmpty() && whole) {
      return new MemberNews(since(standing), standing.reason());
    }
    Model model = published.model();
    List<Target> site = member.site().targets();
    for (Target target : site) {
      if (is(Verdict.DOWN, target, model)) {
        TargetStatus status = Objects.requireNonNull(model.health().get(target));
        return new MemberNews(
            status.since(),
            "its site %s fails its own check %s: %s"
                .formatted(member.site().name(), TargetKey.words(target), status.reason()));
      }
    }
    MemberNews checks = ofChecks(member, model);
    return standing.reason().isEmpty()
        ? checks
        : new MemberNews(since(standing), standing.reason() + "; " + checks.reason());
  }

  private static @Nullable Instant since(Standing standing) {
    OperatorOverride override = standing.override();
    if (override != null && override.keepsOut()) {
      return override.since();
    }
    return standing.absence() == null ? null : standing.absence().failedAt();
  }

  /** What fails before what is unknown, that before what is well; of equals the newest. */
  private static MemberNews ofChecks(PlannedMember member, Model model) {
    List<Target> own = member.targets();
    if (own.isEmpty()) {
      return new MemberNews(null, "");
    }
    return Stream.of(Verdict.DOWN, Verdict.UNKNOWN, Verdict.UP)
        .flatMap(
            verdict ->
                own.stream()
                    .filter(target -> is(verdict, target, model))
                    .sorted(Comparator.comparing(target -> changedAt(target, model)))
                    .toList()
                    .reversed()
                    .stream())
        .findFirst()
        .map(target -> ofCheck(target, model))
        .orElseThrow();
  }

  private static MemberNews ofCheck(Target target, Model model) {
    TargetStatus status = model.health().get(target);
    if (status == null) {
      return new MemberNews(null, TargetKey.words(target) + ": no probe has finished yet");
    }
    return new MemberNews(status.since(), TargetKey.words(target) + ": " + status.reason());
  }

  private static Instant changedAt(Target target, Model model) {
    TargetStatus status = model.health().get(target);
    return status == null ? Instant.EPOCH : status.since();
  }

  private static boolean is(Verdict verdict, Target target, Model model) {
    return Availabilities.verdict(target, model) == verdict;
  }
}
