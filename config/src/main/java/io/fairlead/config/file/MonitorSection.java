package io.fairlead.config.file;

import io.fairlead.config.file.key.Declared;
import io.fairlead.config.file.key.Durations;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.MonitorSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of {@code monitors}. */
final class MonitorSection {
  private enum Kind {
    TCP,
    HTTP
  }

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
  private static final TextValue<StatusRange> STATUS_RANGE =
      new TextValue<>(
          "a status from 100 to 599 or a range of them, such as 200 or \"200-399\"",
          new StatusRange(200, 399),
          MonitorSection::statusRange,
          range -> "\"%d-%d\"".formatted(range.first(), range.last()));

  private static final Key<List<StatusRange>> EXPECTED_STATUS =
      Key.optional(
          "status",
          ListValue.some(STATUS_RANGE),
          List.of(new StatusRange(200, 399)),
          "status codes that mean up");

  private static final KeyTable EXPECT_KEYS = KeyTable.of("expect", EXPECTED_STATUS);

  private static final Key<String> NAME =
      Key.required("name", Texts.LABEL, "what services refer to");
  private static final Key<Kind> TYPE =
      Key.required(
          "type", WordValue.of("http", Kind.HTTP).or("tcp", Kind.TCP), "the kind of check");
  private static final Key<Integer> PORT =
      Key.required("port", Numbers.between(1, 65535), "where it probes, unless the member says");
  private static final Key<String> HOST =
      Key.otherwise("host", Texts.HOST, "the member's probeHost", "http: the Host header");
  private static final Key<String> PATH =
      Key.optional("path", Texts.HTTP_PATH, "/", "http: what is asked for");
  private static final Key<String> METHOD =
      Key.optional(
          "method", WordValue.of("GET", "GET").or("HEAD", "HEAD"), "GET", "http: the method");
  private static final Key<Section> EXPECT =
      Key.section("expect", EXPECT_KEYS, "http: what a live member says");
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
          "4s, or the interval where that is shorter",
          "when a probe has failed; at most the interval");
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

  private static final List<Key<?>> HTTP_ONLY = List.of(HOST, PATH, METHOD, EXPECT);

  static final KeyTable KEYS =
      KeyTable.of(
              "a monitor",
              NAME,
              TYPE,
              PORT,
              HOST,
              PATH,
              METHOD,
              EXPECT,
              INTERVAL,
              TIMEOUT,
              RISE,
              FALL)
          .later("headers", "further request headers")
          .later("body", "the request's body")
          .later("send", "what is sent after connecting")
          .later("receive", "what must come back")
          .later("maintenance", "what a member says that wants no new clients")
          .later("tls", "TLS to the member")
          .later("program", "a program to run")
          .later("arguments", "its arguments")
          .later("token", "a secret to present")
          .later("reference", "an object elsewhere that describes the monitor");

  private MonitorSection() {}

  static MonitorSpec read(Section monitor, Declared monitors) {
    Duration interval = monitor.get(INTERVAL);
    Duration timeout = timeout(monitor, interval);
    return new MonitorSpec(
        monitors.declare(monitor, NAME),
        monitor.get(PORT),
        type(monitor),
        interval,
        timeout,
        monitor.get(RISE),
        monitor.get(FALL));
  }

  private static MonitorSpec.Type type(Section monitor) {
    var http =
        new MonitorSpec.Type.Http(
            monitor.get(METHOD),
            monitor.find(HOST),
            monitor.get(PATH),
            monitor.get(EXPECT).get(EXPECTED_STATUS));
    if (monitor.get(TYPE) == Kind.HTTP) {
      return http;
    }
    for (Key<?> key : HTTP_ONLY) {
      monitor.refuse(key, "a monitor of type http");
    }
    return new MonitorSpec.Type.Tcp();
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

  private static StatusRange statusRange(String text) {
    Matcher matcher = STATUS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException('"' + text + "\" is no status");
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    if (last < first) {
      throw new IllegalArgumentException('"' + text + "\" ends before it begins");
    }
    return new StatusRange(first, last);
  }
}
