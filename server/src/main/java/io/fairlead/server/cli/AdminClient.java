package io.fairlead.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fairlead.server.push.Authorities;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Asks a running server, and tells it things. */
final class AdminClient {
  static final String DEFAULT_SERVER = "http://127.0.0.1:8053";

  private static final String PAGE = "/api/v1/services?limit=1000&offset=";

  /**
   * What the server knows us by, where it wants a token; a variable is in nobody's process list.
   */
  private static final String TOKEN_VARIABLE = "FAIRLEAD_TOKEN";

  /** A file of certificates in PEM: who may have signed the server's; else those of the JVM. */
  private static final String AUTHORITIES_VARIABLE = "FAIRLEAD_CA";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A reply that the caller looks at itself.
   *
   * @param tag the entity tag of what it shows (RFC 9110 section 8.8.3); empty where it has none
   */
  record Reply(int status, JsonNode body, String tag) {
    boolean isGood() {
      return status / 100 == 2;
    }
  }

  private final URI server;

  AdminClient(URI server) {
    this.server = server;
  }

  /**
   * The JSON of a path.
   *
   * @throws CommandFailure where nobody answers, or not with what was asked for
   */
  JsonNode get(String pathAndQuery) {
    return good(send("GET", pathAndQuery, ""));
  }

  /** All services, whatever their number: the pages as one. */
  JsonNode services() {
    JsonNode first = get(PAGE + 0);
    if (first.path("services") instanceof ArrayNode services) {
      while (services.size() < first.path("matching").asInt()) {
        JsonNode more = get(PAGE + services.size()).path("services");
        if (more.isEmpty()) {
          break;
        }
        more.forEach(services::add);
      }
    }
    return first;
  }

  /**
   * The reply to a request that changes something.
   *
   * @param body JSON, or empty
   * @throws CommandFailure where it was not done
   */
  JsonNode tell(String method, String path, String body) {
    return good(send(method, path, body));
  }

  /**
   * Puts something in the place of what stands at a path now, so that nobody who does the same at
   * the same time is overwritten (RFC 9110 section 13.1).
   *
   * @return what stood there before and what stands there now; the first is null where nothing did
   * @throws CommandFailure where it was not done, or another was faster
   */
  Replaced replace(String path, String body) {
    Reply before = send("GET", path, "");
    boolean stands = before.isGood() && !before.tag().isEmpty();
    Reply after =
        stands
            ? send("PUT", path, body, "If-Match", before.tag())
            : send("PUT", path, body, "If-None-Match", "*");
    return new Replaced(stands ? before.body() : null, good(after));
  }

  /** What {@link #replace} has done. */
  record Replaced(@Nullable JsonNode before, JsonNode after) {}

  private JsonNode good(Reply reply) {
    if (!reply.isGood()) {
      throw new CommandFailure(
          exitCode(reply.status()),
          server + " says: " + reply.body().path("detail").asText(reply.body().toString()));
    }
    return reply.body();
  }

  private static int exitCode(int status) {
    return switch (status) {
      case 400, 404 -> ExitCode.USAGE;
      case 409, 412 -> ExitCode.NOT_NOW;
      default -> ExitCode.UNAVAILABLE;
    };
  }

  /**
   * Sends a request, whatever comes of it.
   *
   * @param headers further ones, each a name and then its value
   */
  Reply send(String method, String pathAndQuery, String body, String... headers) {
    try (HttpClient http = client()) {
      URI uri = URI.create(server.toString().replaceAll("/+$", "") + pathAndQuery);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri)
              .timeout(PATIENCE)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      String token = System.getenv(TOKEN_VARIABLE);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          JSON.readTree(response.body()),
          response.headers().firstValue("ETag").orElse(""));
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, server + " is no fairlead: it does not answer in JSON");
    } catch (SSLHandshakeException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "%s is not trusted (%s); let %s name a file with the certificate of who signed its own"
              .formatted(server, e.getMessage(), AUTHORITIES_VARIABLE));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "no server at " + server + " (" + e + "); start one, or name another by --server URL");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.UNAVAILABLE, "interrupted");
    }
  }

  private static HttpClient client() {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    String authorities = System.getenv(AUTHORITIES_VARIABLE);
    if (authorities != null && !authorities.isEmpty()) {
      try {
        builder.sslContext(Authorities.trusting(Path.of(authorities)));
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.USAGE, AUTHORITIES_VARIABLE + ": " + e.getMessage());
      }
    }
    return builder.build();
  }

  /** A word as a part of a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
