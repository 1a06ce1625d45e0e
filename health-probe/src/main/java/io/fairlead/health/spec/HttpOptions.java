package io.fairlead.health.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP check may have beside its request line and the status it expects.
 *
 * @param headers more headers, or others in the place of ours; names compare without case
 * @param body sent with the request; empty = none
 * @param expectedBody what the response's body must hold; null = it is not read
 * @param maintenanceStatus what a site answers that is down on purpose
 * @param maintenanceBody what its body then holds; null = it is not looked for
 * @param tls null = plain HTTP
 * @param http2 whether HTTP/2 is offered beside HTTP/1.1 (ALPN, RFC 7301); over TLS only
 */
public record HttpOptions(
    Map<String, String> headers,
    String body,
    @Nullable Expected expectedBody,
    List<Check.StatusRange> maintenanceStatus,
    @Nullable Expected maintenanceBody,
    @Nullable Tls tls,
    boolean http2) {
  public static final HttpOptions NONE = new HttpOptions(Map.of(), "", null, List.of(), null, null);

  /** HTTP/1.1 alone. */
  public HttpOptions(
      Map<String, String> headers,
      String body,
      @Nullable Expected expectedBody,
      List<Check.StatusRange> maintenanceStatus,
      @Nullable Expected maintenanceBody,
      @Nullable Tls tls) {
    this(headers, body, expectedBody, maintenanceStatus, maintenanceBody, tls, false);
  }

  public HttpOptions {
    var sorted = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    sorted.forEach(HttpOptions::requireHeader);
    headers = java.util.Collections.unmodifiableSortedMap(sorted);
    maintenanceStatus = List.copyOf(maintenanceStatus);
  }

  /** The same for the checks of one host. */
  HttpOptions forHost(String host) {
    return tls == null ? this : over(tls.forHost(host));
  }

  /** The value of an Authorization header (RFC 7617). */
  public static String basicAuthorization(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** The same over TLS as told; null = plain HTTP. */
  public HttpOptions over(@Nullable Tls other) {
    return new HttpOptions(
        headers, body, expectedBody, maintenanceStatus, maintenanceBody, other, http2);
  }

  HttpOptions http2(boolean offered) {
    return new HttpOptions(
        headers, body, expectedBody, maintenanceStatus, maintenanceBody, tls, offered);
  }

  private static void requireHeader(String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || value.matches("(?s).*[\\r\\n\\x00].*")) {
      throw new IllegalArgumentException(
          "a header must be a token and a value without line breaks, not \"" + name + "\"");
    }
  }
}
