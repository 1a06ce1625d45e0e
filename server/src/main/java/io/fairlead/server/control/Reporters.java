package io.fairlead.server.control;

import io.fairlead.config.FairleadConfig;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who may say how it is: the targets of push monitors, and the tokens that they show. */
public final class Reporters {
  private final Published published;

  public Reporters(Published published) {
    this.published = published;
  }

  /** Whether this is the monitor's token; how long the answer takes says nothing of either. */
  public boolean knows(String monitor, String token) {
    byte[] shown = sha256(token);
    boolean found = false;
    @Nullable FairleadConfig config = published.model().config();
    for (MonitorSpec known : config == null ? List.<MonitorSpec>of() : config.monitors()) {
      if (known.type() instanceof MonitorSpec.Type.Push(String tokenSha256)) {
        boolean same = MessageDigest.isEqual(shown, HexFormat.of().parseHex(tokenSha256));
        found |= same && known.name().equals(monitor);
      }
    }
    return found;
  }

  /**
   * The targets that a report is about.
   *
   * @param subject a site, for all that the monitor checks there; or an address or hostname
   */
  public List<Target> targets(String monitor, String subject) {
    String name = subject.toLowerCase(Locale.ROOT);
    return all(monitor).filter(target -> isAt(target, name) || isOfSite(target, subject)).toList();
  }

  /** Whom a report may be about: sites and addresses. */
  public List<String> subjects(String monitor) {
    var subjects = new TreeSet<String>();
    all(monitor)
        .forEach(
            target -> {
              subjects.add(target.place().toString());
              members(target).forEach(member -> subjects.add(member.member().site()));
            });
    return List.copyOf(subjects);
  }

  private java.util.stream.Stream<Target> all(String monitor) {
    return published.plan().targets().stream()
        .filter(target -> target.check() instanceof Check.Push(String of) && of.equals(monitor));
  }

  private List<PlannedMember> members(Target target) {
    return published.plan().members(target);
  }

  private static boolean isAt(Target target, String name) {
    return target.place().toString().equals(name);
  }

  private boolean isOfSite(Target target, String site) {
    return members(target).stream().anyMatch(member -> member.member().site().equals(site));
  }

  private static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
