package io.fairlead.config.file.monitor;

import static io.fairlead.config.file.monitor.Kind.DNS;
import static io.fairlead.config.file.monitor.Kind.EXTERNAL;
import static io.fairlead.config.file.monitor.Kind.GRPC;
import static io.fairlead.config.file.monitor.Kind.HTTP;
import static io.fairlead.config.file.monitor.Kind.HTTPS;
import static io.fairlead.config.file.monitor.Kind.PUSH;
import static io.fairlead.config.file.monitor.Kind.TCP;
import static io.fairlead.config.file.monitor.Kind.TLS;
import static io.fairlead.config.file.monitor.Kind.UDP;
import static java.util.stream.Collectors.joining;

import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.health.probe.Permissions;
import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Step;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/** One of {@code monitors}. */
public final class MonitorSection {
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final TextValue<String> GRPC_NAME =
      Texts.matching(
          "a name of at most %d letters, digits, '_', '-', '/' and '.', such as shop.v1.Cart"
              .formatted(Check.Grpc.MAX_SERVICE_OCTETS),
          "[A-Za-z0-9._/-]{1,%d}".formatted(Check.Grpc.MAX_SERVICE_OCTETS));

  static final Key<String> NAME = Key.required("name", Texts.LABEL, "what services refer to");
  static final Key<Kind> TYPE = Key.required("type", Kind.words(), "the kind of check");
  private static final Key<Integer> PORT =
      Key.otherwise(
          "port",
          Numbers.between(1, 65535),
          "http 80, https 443, dns 53; tcp, tls, udp and grpc need one",
          "where it probes, unless the member says");
  static final Key<String> HOST =
      Key.otherwise(
          "host",
          Texts.HOST,
          "the member's probeHost",
          "http, https, tls, grpc, external: the Host header, SNI");
  private static final Key<Section> TLS_OPTIONS =
      Key.section("tls", TlsKeys.KEYS, "https, tls, grpc: whom to trust, and what to show");
  private static final Key<String> GRPC_SERVICE =
      Key.otherwise(
          "service",
          GRPC_NAME,
          "the health of the whole server",
          "grpc: the service whose health is asked for");
  private static final KeyTable EXPECT_KEYS =
      KeyTable.of(
          "expect",
          HttpKeys.EXPECTED_STATUS,
          HttpKeys.EXPECTED_BODY,
          DnsKeys.RCODE,
          DnsKeys.ADDRESSES);
  private static final Key<Section> EXPECT =
      Key.section("expect", EXPECT_KEYS, "http, https, dns: what a live member says");
  private static final Key<Duration> INTERVAL =
      Key.optional(
          "interval",
          Durations.between(Duration.ofMillis(100), LONGEST),
          MonitorSpec.DEFAULT_INTERVAL,
          "from one probe to the next");
  private static final Key<Duration> TIMEOUT =
      Key.otherwise(
          "timeout",
          Durations.between(Duration.ofMillis(10), LONGEST),
          "4s, or the interval where that is shorter; push: 30s",
          "when a probe has failed, at most the interval; push: how long silence is no failure");
  private static final Key<Integer> RISE =
      Key.optional(
          "rise",
          Numbers.between(1, 50),
          MonitorSpec.DEFAULT_RISE,
          "successes in a row that make a member up");
  private static final Key<Integer> FALL =
      Key.optional(
          "fall",
          Numbers.between(1, 50),
          MonitorSpec.DEFAULT_FALL,
          "failures in a row that make it down");
  private static final Key<Boolean> HALF_OPEN =
      Key.optional(
          "halfOpen",
          Numbers.TRUE_OR_FALSE,
          false,
          "tcp: a reset follows the answer at once, and the program that listens hears nothing");
  private static final Key<Boolean> HTTP2 =
      Key.optional(
          "http2",
          Numbers.TRUE_OR_FALSE,
          false,
          "https: HTTP/2 is offered beside HTTP/1.1, and the member chooses (ALPN)");
  static final Key<List<InetAddress>> REFERENCE =
      Key.optional(
          "reference",
          ListValue.any(Addresses.HOST),
          List.of(),
          "addresses near this node that it asks too: while none answers, the node is blind");

  public static final KeyTable KEYS =
      KeyTable.of(
          "a monitor",
          NAME,
          TYPE,
          PORT,
          HOST,
          HttpKeys.PATH,
          HttpKeys.METHOD,
          HttpKeys.HEADERS,
          HttpKeys.BODY,
          HttpKeys.BASIC_AUTH,
          HTTP2,
          EXPECT,
          HttpKeys.MAINTENANCE,
          ConversationKeys.SEND,
          ConversationKeys.RECEIVE,
          ConversationKeys.CONVERSATION,
          HALF_OPEN,
          DnsKeys.QUERY,
          GRPC_SERVICE,
          ProgramKeys.PROGRAM,
          ProgramKeys.ARGUMENTS,
          TLS_OPTIONS,
          INTERVAL,
          TIMEOUT,
          RISE,
          FALL,
          REFERENCE,
          SourceKeys.SOURCE,
          PushKeys.TOKEN,
          PushKeys.TOKEN_FILE);

  /** A key that not every type has. */
  record Owned(Key<?> key, Kind... owners) {
    void refuseIn(Section section, Kind kind) {
      if (!List.of(owners).contains(kind)) {
        section.refuse(
            key,
            "a monitor of type "
                + List.of(owners).stream().map(Kind::word).collect(joining(" or ")));
      }
    }
  }

  static final List<Owned> OWNED =
      List.of(
          new Owned(PORT, HTTP, HTTPS, TCP, TLS, UDP, DNS, GRPC, EXTERNAL),
          new Owned(HOST, HTTP, HTTPS, TLS, GRPC, EXTERNAL),
          new Owned(HttpKeys.PATH, HTTP, HTTPS),
          new Owned(HttpKeys.METHOD, HTTP, HTTPS),
          new Owned(HttpKeys.HEADERS, HTTP, HTTPS),
          new Owned(HttpKeys.BODY, HTTP, HTTPS),
          new Owned(HttpKeys.BASIC_AUTH, HTTP, HTTPS),
          new Owned(HttpKeys.MAINTENANCE, HTTP, HTTPS),
          new Owned(EXPECT, HTTP, HTTPS, DNS),
          new Owned(ConversationKeys.SEND, TCP, TLS, UDP),
          new Owned(ConversationKeys.RECEIVE, TCP, TLS, UDP),
          new Owned(ConversationKeys.CONVERSATION, TCP, TLS),
          new Owned(DnsKeys.QUERY, DNS),
          new Owned(TLS_OPTIONS, HTTPS, TLS, GRPC),
          new Owned(GRPC_SERVICE, GRPC),
          new Owned(ProgramKeys.PROGRAM, EXTERNAL),
          new Owned(ProgramKeys.ARGUMENTS, EXTERNAL),
          new Owned(HALF_OPEN, TCP),
          new Owned(HTTP2, HTTPS),
          new Owned(PushKeys.TOKEN, PUSH),
          new Owned(PushKeys.TOKEN_FILE, PUSH));

  /** What a monitor has that sends something, and one that is told has not. */
  private static final List<Key<?>> OF_PROBES =
      List.of(INTERVAL, RISE, FALL, REFERENCE, SourceKeys.SOURCE);

  private static final List<Owned> OWNED_OF_EXPECT =
      List.of(
          new Owned(HttpKeys.EXPECTED_STATUS, HTTP, HTTPS),
          new Owned(HttpKeys.EXPECTED_BODY, HTTP, HTTPS),
          new Owned(DnsKeys.RCODE, DNS),
          new Owned(DnsKeys.ADDRESSES, DNS));

  private MonitorSection() {}

  /**
   * Reads a monitor.
   *
   * @param monitors those so far
   * @param resolve makes a path relative to the configuration's folder a real one
   */
  public static MonitorSpec read(Section monitor, Declared monitors, UnaryOperator<Path> resolve) {
    return read(monitors.declare(monitor, NAME), monitor, resolve);
  }

  static MonitorSpec read(String name, Section monitor, UnaryOperator<Path> resolve) {
    Kind kind = monitor.get(TYPE);
    if (kind == PUSH && monitor.isSound(TYPE)) {
      return push(name, monitor, resolve);
    }
    Duration interval = monitor.get(INTERVAL);
    Duration timeout = timeout(monitor, interval);
    return new MonitorSpec(
        name,
        port(monitor, kind),
        type(monitor, kind, resolve),
        interval,
        timeout,
        monitor.get(RISE),
        monitor.get(FALL),
        monitor.get(REFERENCE),
        SourceKeys.read(monitor));
  }

  /** Each report decides, as a site knows itself; so does silence that is too long. */
  private static MonitorSpec push(String name, Section monitor, UnaryOperator<Path> resolve) {
    OF_PROBES.forEach(key -> monitor.refuse(key, "a monitor that sends probes"));
    Duration timeout = monitor.find(TIMEOUT);
    Duration silence = timeout == null ? MonitorSpec.DEFAULT_SILENCE : timeout;
    return new MonitorSpec(
        name, Kind.NO_PORT, type(monitor, PUSH, resolve), silence, silence, 1, 1);
  }

  private static int port(Section monitor, Kind kind) {
    Integer port = monitor.find(PORT);
    if (port == null && kind.defaultPort() == Kind.NO_DEFAULT) {
      monitor.error(
          PORT,
          "a monitor of type %s needs a port; allowed: %s"
              .formatted(kind.word(), PORT.value().allowed()));
    }
    return port != null ? port : kind.defaultPort();
  }

  /** What stands there for another type is refused, and looked at all the same. */
  private static MonitorSpec.Type type(Section monitor, Kind kind, UnaryOperator<Path> resolve) {
    Section expect = monitor.get(EXPECT);
    if (monitor.isSound(TYPE)) {
      OWNED.forEach(owned -> owned.refuseIn(monitor, kind));
      OWNED_OF_EXPECT.forEach(owned -> owned.refuseIn(expect, kind));
    }
    return switch (kind) {
      case HTTP -> HttpKeys.read(monitor, expect, null, resolve);
      case HTTPS ->
          HttpKeys.read(monitor, expect, TlsKeys.read(monitor.get(TLS_OPTIONS), resolve), resolve)
              .http2(monitor.get(HTTP2));
      case TCP -> tcp(monitor, ConversationKeys.steps(monitor));
      case TLS ->
          new MonitorSpec.Type.Secure(
              monitor.find(HOST),
              ConversationKeys.steps(monitor),
              TlsKeys.read(monitor.get(TLS_OPTIONS), resolve));
      case UDP -> ConversationKeys.udp(monitor);
      case DNS -> DnsKeys.read(monitor, expect);
      case PING -> ping(monitor);
      case EXTERNAL -> ProgramKeys.read(monitor, resolve);
      case GRPC -> grpc(monitor, resolve);
      case PUSH -> PushKeys.read(monitor, resolve);
    };
  }

  private static MonitorSpec.Type tcp(Section monitor, List<Step> steps) {
    if (monitor.get(HALF_OPEN)) {
      if (!steps.isEmpty()) {
        monitor.error(HALF_OPEN, "a half-open connection says nothing; leave one of the two out");
      }
      String problem = Permissions.halfOpen();
      if (!problem.isEmpty()) {
        monitor.error(HALF_OPEN, problem);
      }
      return new MonitorSpec.Type.Same(new Check.HalfOpen());
    }
    return steps.isEmpty()
        ? new MonitorSpec.Type.Tcp()
        : new MonitorSpec.Type.Same(new Check.Conversation(steps, null));
  }

  private static MonitorSpec.Type ping(Section monitor) {
    String problem = Permissions.ping();
    if (!problem.isEmpty()) {
      monitor.warning(TYPE, problem);
    }
    return new MonitorSpec.Type.Same(new Check.Ping());
  }

  private static MonitorSpec.Type grpc(Section monitor, UnaryOperator<Path> resolve) {
    String service = monitor.find(GRPC_SERVICE);
    return new MonitorSpec.Type.Grpc(
        monitor.find(HOST),
        service == null ? "" : service,
        monitor.has(TLS_OPTIONS) ? TlsKeys.read(monitor.get(TLS_OPTIONS), resolve) : null);
  }

  private static Duration timeout(Section monitor, Duration interval) {
    Duration timeout = monitor.find(TIMEOUT);
    if (timeout == null) {
      return Collections.min(List.of(MonitorSpec.DEFAULT_TIMEOUT, interval));
    }
    if (monitor.isSound(INTERVAL, TIMEOUT) && timeout.compareTo(interval) > 0) {
      monitor.error(
          TIMEOUT,
          "the timeout is longer than the interval; allowed: at most "
              + INTERVAL.value().show(interval));
    }
    return timeout;
  }
}
