package io.fairlead.server.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.admin.http.Call;
import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Refusal;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import io.fairlead.server.control.Operator;
import io.fairlead.server.control.Operator.Lookup;
import io.fairlead.server.control.Operator.Outcome;
import io.fairlead.server.state.OperatorOverride;
import io.fairlead.server.state.OperatorOverride.State;
import io.fairlead.server.state.OperatorOverride.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What operators may say: overrides of members and sites, and that a member shall resume. */
public final class OverrideRoutes implements Routes {
  private static final String OVERRIDES = "/api/v1/overrides";
  private static final String MEMBER = OVERRIDES + "/members/:service/:address";
  private static final String SITE = OVERRIDES + "/sites/:site";
  private static final String RESUME = "/api/v1/services/:service/members/:address/resume";

  private static final List<String> KEYS = List.of("state", "reason");
  private static final List<String> STATES =
      Arrays.stream(State.values()).map(State::word).toList();

  private final Operator operator;

  public OverrideRoutes(Operator operator) {
    this.operator = operator;
  }

  @Override
  public void addTo(Paths paths) {
    paths.get(OVERRIDES, Set.of(), this::list);
    add(paths, MEMBER, this::member);
    add(paths, SITE, this::site);
    paths.change("POST", RESUME, Set.of(), this::resume);
  }

  private void add(Paths paths, String path, Function<Call, Subject> subject) {
    paths.get(path, Set.of(), call -> show(call, subject.apply(call)));
    paths.change("PUT", path, Set.of(), call -> put(call, subject.apply(call)));
    paths.change("DELETE", path, Set.of(), call -> delete(call, subject.apply(call)));
  }

  private Subject member(Call call) {
    return found(operator.member(call.path("service"), call.path("address")));
  }

  private Subject site(Call call) {
    return found(operator.site(call.path("site")));
  }

  private static Subject found(Lookup lookup) {
    return switch (lookup) {
      case Lookup.Found(var subject) -> subject;
      case Lookup.Nobody(var reason) -> throw Refusal.notFound(reason);
    };
  }

  private Reply list(Call call) {
    ObjectNode body = Views.object();
    var overrides = body.putArray("overrides");
    operator.overrides().forEach(each -> overrides.add(OverrideViews.of(each, operator)));
    return Reply.ok(body);
  }

  private Reply show(Call call, Subject subject) {
    OperatorOverride override = operator.override(subject);
    if (override == null) {
      throw Refusal.notFound("there is no override of " + subject);
    }
    String seen = call.header("If-None-Match");
    return seen != null && names(seen, override)
        ? new Reply(Status.NOT_MODIFIED, "application/json", "")
        : standing(Status.OK, override);
  }

  private Reply put(Call call, Subject subject) {
    Word word = Word.of(call.json());
    OperatorOverride before = operator.override(subject);
    Outcome outcome = operator.override(subject, word.state(), word.reason(), expectation(call));
    return done(subject, outcome).changed(subject.toString(), said(before), word.state().word());
  }

  private Reply delete(Call call, Subject subject) {
    OperatorOverride before = operator.override(subject);
    return done(subject, operator.clear(subject, expectation(call)))
        .changed(subject.toString(), said(before), said(null));
  }

  private Reply resume(Call call) {
    if (!(member(call) instanceof Subject.Member member)) {
      throw new IllegalStateException("a member's path names a site");
    }
    return done(member, operator.resume(member)).changed(member.toString(), "held", "resumed");
  }

  private static String said(@Nullable OperatorOverride override) {
    return override == null ? "no override" : override.state().word();
  }

  private Reply done(Subject subject, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var override, var created) when override != null ->
          standing(created ? Status.CREATED : Status.OK, override);
      case Outcome.Done _ -> Reply.ok(OverrideViews.of(subject, operator));
      case Outcome.Unknown(var reason) -> throw Refusal.notFound(reason);
      case Outcome.Refused(var reason) -> throw new Refusal(Status.CONFLICT, reason);
      case Outcome.Overtaken(var override) -> throw overtaken(subject, override);
    };
  }

  private Reply standing(int status, OperatorOverride override) {
    return Reply.of(status, OverrideViews.of(override, operator))
        .with("ETag", OverrideViews.tag(override));
  }

  private Refusal overtaken(Subject subject, @Nullable OperatorOverride override) {
    String detail =
        "another operator was faster: %s has %s; look at it, and say it again"
            .formatted(
                subject,
                override == null
                    ? "no override any more"
                    : "%s since %s: \"%s\""
                        .formatted(said(override), override.since(), override.reason()));
    var refusal = new Refusal(Status.PRECONDITION_FAILED, detail);
    return override == null
        ? refusal
        : refusal.with("override", OverrideViews.of(override, operator));
  }

  /**
   * RFC 9110 section 13.1: what must stand for the word to be taken; without a header, anything.
   */
  private static Predicate<@Nullable OperatorOverride> expectation(Call call) {
    String match = call.header("If-Match");
    String noneMatch = call.header("If-None-Match");
    return stands ->
        (match == null || names(match, stands)) && (noneMatch == null || !names(noneMatch, stands));
  }

  private static boolean names(String tags, @Nullable OperatorOverride stands) {
    return stands != null
        && (tags.equals("*")
            || Arrays.stream(tags.split(",", -1))
                .map(String::strip)
                .anyMatch(OverrideViews.tag(stands)::equals));
  }

  /** The body of a PUT. */
  private record Word(State state, String reason) {
    static Word of(ObjectNode json) {
      Bodies.refuseStrangers(json, KEYS);
      String state = Bodies.word(json, "state", STATES);
      return new Word(State.values()[STATES.indexOf(state)], Bodies.line(json, "reason"));
    }
  }
}
