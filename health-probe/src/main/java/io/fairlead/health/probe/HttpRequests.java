package io.fairlead.health.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.health.spec.Check;
import io.fairlead.health.spec.Octets;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;

/** A request as octets, written by hand: what a check may hold was judged when it was made. */
final class HttpRequests {
  static byte[] octets(Check.Http check, String userAgent) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byte[] body = Octets.bytes(check.options().body());
    headers.put("Host", check.host());
    headers.put("User-Agent", userAgent);
    headers.put("Connection", "close");
    if (body.length > 0) {
      headers.put("Content-Length", Integer.toString(body.length));
    }
    headers.putAll(check.options().headers());
    var head = new StringBuilder(check.method()).append(' ').append(check.path());
    head.append(" HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private HttpRequests() {}
}
