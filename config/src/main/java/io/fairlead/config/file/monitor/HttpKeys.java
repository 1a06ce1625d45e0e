package io.fairlead.config.file.monitor;

import io.fairlead.config.file.key.HeadersValue;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.health.spec.Check.StatusRange;
import io.fairlead.health.spec.Expected;
import io.fairlead.health.spec.HttpOptions;
import io.fairlead.health.spec.MonitorSpec;
import io.fairlead.health.spec.Tls;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What monitors of type http and https have. */
final class HttpKeys {
  private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
  private static final TextValue<StatusRange> STATUS_RANGE =
      new TextValue<>(
          "a status from 100 to 599 or a range of them, such as 200 or \"200-399\"",
          new StatusRange(200, 399),
          HttpKeys::statusRange,
          range -> "\"%d-%d\"".formatted(range.first(), range.last()));

  static final Key<String> PATH =
      Key.optional("path", Texts.HTTP_PATH, "/", "http, https: what is asked for");
  static final Key<String> METHOD =
      Key.optional(
          "method",
          WordValue.of("GET", "GET")
              .or("HEAD", "HEAD")
              .or("POST", "POST")
              .or("PUT", "PUT")
              .or("OPTIONS", "OPTIONS"),
          "GET",
          "http, https: the method");
  static final Key<Map<String, String>> HEADERS =
      Key.optional(
          "headers",
          new HeadersValue(),
          Map.of(),
          "http, https: more headers, or others in the place of ours");
  static final Key<String> BODY =
      Key.otherwise("body", Expectations.SENT, "none", "http, https: sent with the request");

  private static final Key<String> USER =
      Key.required("user", Texts.ANY, "the name, without a colon");
  private static final Key<String> PASSWORD =
      Key.otherwise("password", Texts.ANY, "that of passwordFile", "the password");
  private static final Key<Path> PASSWORD_FILE =
      Key.otherwise(
          "passwordFile",
          Texts.PATH,
          "the password is here",
          "the file whose first line it is, relative to this file's folder");
  private static final KeyTable AUTH_KEYS = KeyTable.of("basicAuth", USER, PASSWORD, PASSWORD_FILE);
  static final Key<Section> BASIC_AUTH =
      Key.otherwise(
          "basicAuth",
          new SectionValue(AUTH_KEYS),
          "none",
          "http, https: a user and a password (RFC 7617)");

  static final Key<List<StatusRange>> EXPECTED_STATUS =
      Key.optional(
          "status",
          ListValue.some(STATUS_RANGE),
          List.of(new StatusRange(200, 399)),
          "http, https: status codes that mean up");
  static final Key<Expected> EXPECTED_BODY =
      Key.otherwise(
          "body", Expectations.EXPECTED, "it is not read", "http, https: what the body must hold");

  private static final Key<List<StatusRange>> MAINTENANCE_STATUS =
      Key.optional("status", ListValue.any(STATUS_RANGE), List.of(), "status codes that say so");
  private static final Key<Expected> MAINTENANCE_BODY =
      Key.otherwise("body", Expectations.EXPECTED, "it is not read", "what its body then holds");
  private static final KeyTable MAINTENANCE_KEYS =
      KeyTable.of("maintenance", MAINTENANCE_STATUS, MAINTENANCE_BODY);
  static final Key<Section> MAINTENANCE =
      Key.section(
          "maintenance",
          MAINTENANCE_KEYS,
          "http, https: what a member says that is down on purpose");

  private HttpKeys() {}

  /**
   * Reads what an http or https monitor has.
   *
   * @param tls null = plain HTTP
   */
  static MonitorSpec.Type.Http read(
      Section monitor, Section expect, @Nullable Tls tls, UnaryOperator<Path> resolve) {
    Section maintenance = monitor.get(MAINTENANCE);
    String body = monitor.find(BODY);
    var options =
        new HttpOptions(
            headers(monitor, resolve),
            body == null ? "" : body,
            expect.find(EXPECTED_BODY),
            maintenance.get(MAINTENANCE_STATUS),
            maintenance.find(MAINTENANCE_BODY),
            tls);
    return new MonitorSpec.Type.Http(
        monitor.get(METHOD),
        monitor.find(MonitorSection.HOST),
        monitor.get(PATH),
        expect.get(EXPECTED_STATUS),
        options);
  }

  private static Map<String, String> headers(Section monitor, UnaryOperator<Path> resolve) {
    var headers = new LinkedHashMap<>(monitor.get(HEADERS));
    Section auth = monitor.find(BASIC_AUTH);
    if (auth != null) {
      String user = auth.get(USER);
      if (user.contains(":")) {
        auth.error(USER, "the colon stands between user and password; a user has none");
      }
      headers.put("Authorization", HttpOptions.basicAuthorization(user, password(auth, resolve)));
    }
    return headers;
  }

  private static String password(Section auth, UnaryOperator<Path> resolve) {
    if (auth.has(PASSWORD) == auth.has(PASSWORD_FILE)) {
      auth.error(PASSWORD, "exactly one of password, passwordFile is needed here");
    }
    String written = auth.find(PASSWORD);
    return written != null
        ? written
        : SideFile.read(auth, PASSWORD_FILE, resolve).lines().findFirst().orElse("");
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
