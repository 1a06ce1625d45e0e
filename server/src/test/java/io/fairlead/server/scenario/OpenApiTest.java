package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API against the server that it describes. */
final class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METHODS = List.of("get", "put", "post", "delete");
  private static final String MEMBER = "/api/v1/overrides/members/{service}/{address}";

  @TempDir private static Path folder;
  private static final Said SAID = new Said();
  private static List<Site> sites;
  private static FruitServer fruit;
  private static JsonNode document;

  @BeforeAll
  static void start() throws Exception {
    sites = Site.open("127.0.10.1", "127.0.20.1");
    fruit = FruitServer.start(folder, sites.getFirst().port());
    document = new ObjectMapper(new YAMLFactory()).readTree(fruit.get("/openapi.yaml").body());
  }

  @AfterAll
  static void stop() {
    fruit.close();
    sites.forEach(Site::close);
    SAID.close();
  }

  @Test
  void itDescribesEachPathAndNoOther() {
    var described = new TreeSet<String>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                METHODS.stream()
                    .filter(method -> path.getValue().has(method))
                    .forEach(method -> described.add(operation(method, path.getKey()))));
    var answered = new TreeSet<>(fruit.server().adminOperations());
    answered.removeIf(operation -> operation.startsWith("GET /console/"));

    assertThat(described).isEqualTo(answered);
  }

  private static String operation(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get    | /livez                         |                                         | 200
          get    | /readyz                        |                                         | 200
          get    | /api/v1/services               | ?limit=5                                | 200
          get    | /api/v1/services               | ?limit=0                                | 400
          get    | /api/v1/services/{name}        | fruit.gslb.guzware.net                  | 200
          get    | /api/v1/services/{name}        | a..b                                    | 400
          get    | /api/v1/services/{name}        | nobody.example                          | 404
          get    | /api/v1/sites                  |                                         | 200
          get    | /api/v1/where                  | ?service=fruit.gslb.guzware.net         | 200
          get    | /api/v1/where                  | ?service=nobody.example                 | 404
          get    | /api/v1/explain                | ?name=fruit.gslb.guzware.net            | 200
          get    | /api/v1/explain                |                                         | 400
          get    | /api/v1/events                 | ?since=x                                | 400
          get    | /api/v1/overrides              |                                         | 200
          get    | /api/v1/clusters               |                                         | 200
          get    | /api/v1/clusters/{context}     | nowhere                                 | 404
          get    | /api/v1/federation             |                                         | 422
          post   | /api/v1/federation/promote/{context} | cluster1                          | 422
          post   | /api/v1/reload                 |                                         | 200
          post   | /api/v1/reload                 | ?plan=maybe                             | 400
          get    | /api/v1/versions               |                                         | 200
          get    | /api/v1/versions/{version}     | current                                 | 200
          get    | /api/v1/versions/{version}     | 999999                                  | 404
          get    | /api/v1/diff                   | ?from=current                           | 200
          get    | /api/v1/diff                   |                                         | 400
          delete | /api/v1/pin                    |                                         | 200
          """)
  void repliesAreAsDescribed(String method, String path, String rest, int status) throws Exception {
    String more = rest == null ? "" : rest;
    String actual = path.contains("{") ? path.replaceAll("\\{.*}", more) : path + more;
    hold(method, path, send(method, actual, ""), status);
  }

  @Test
  void anOverridesLifeIsAsDescribed() throws Exception {
    String path = "/api/v1/overrides/members/fruit.gslb.guzware.net/127.0.10.1";
    hold("put", MEMBER, send("put", path, "{\"state\": \"drain\", \"reason\": \"test\"}"), 201);
    hold("put", MEMBER, send("put", path, "{\"state\": \"disable\"}"), 200);
    hold("get", MEMBER, send("get", path, ""), 200);
    hold("get", "/api/v1/overrides", send("get", "/api/v1/overrides", ""), 200);
    hold("get", "/api/v1/services", send("get", "/api/v1/services", ""), 200);
    hold("put", MEMBER, send("put", path, "{\"state\": \"sleep\"}"), 400);
    hold("delete", MEMBER, send("delete", path, ""), 200);
    hold("get", MEMBER, send("get", path, ""), 404);
    String resume = "/api/v1/services/{service}/members/{address}/resume";
    hold(
        "post",
        resume,
        send("post", "/api/v1/services/fruit.gslb.guzware.net/members/127.0.10.1/resume", ""),
        409);
  }

  @Test
  void eventsAreAsDescribed() {
    int port = fruit.server().adminAddress().getPort();
    try (EventReader events = new EventReader(port, "/api/v1/events?since=0")) {
      for (String kind : List.of("reload", "verdict")) {
        var event = events.next(kind, one -> one.event().equals(kind));
        check(event.data(), document.at("/components/schemas/Event"), kind);
      }
    }
  }

  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + fruit.server().adminAddress().getPort() + path))
            .header("Content-Type", "application/json")
            .method(operation(method, "").strip(), BodyPublishers.ofString(body));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  /** The status is described for the path, and the body is as the schema for it says. */
  private static void hold(String method, String path, HttpResponse<String> response, int status)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode reply =
        target(document.path("paths").path(path).path(method).path("responses").path("" + status));
    assertThat(reply.isMissingNode())
        .as("%s %s says nothing of %d", method, path, status)
        .isFalse();
    String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonNode content = reply.path("content").path(type);
    assertThat(content.isMissingNode()).as("%s %s %d of %s", method, path, status, type).isFalse();
    check(JSON.readTree(response.body()), content.path("schema"), path);
  }

  private static JsonNode target(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** As much of JSON Schema as the document uses. */
  private static void check(JsonNode value, JsonNode schemaOrReference, String where) {
    JsonNode schema = target(schemaOrReference);
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      assertThat(type).as(where).anyMatch(one -> isA(value, one.asText()));
    } else if (type.isTextual()) {
      assertThat(isA(value, type.asText())).as("%s is %s: %s", where, type, value).isTrue();
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(where).contains(value);
    }
    if (schema.has("maximum")) {
      assertThat(value.asDouble()).as(where).isBetween(0.0, schema.path("maximum").asDouble());
    }
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asText())).as(where + "." + name).isTrue());
    value
        .properties()
        .forEach(
            entry -> {
              JsonNode known = schema.path("properties").path(entry.getKey());
              check(
                  entry.getValue(),
                  known.isMissingNode() ? schema.path("additionalProperties") : known,
                  where + "." + entry.getKey());
            });
    value.forEach(
        item -> {
          if (value.isArray()) {
            check(item, schema.path("items"), where + "[]");
          }
        });
  }

  private static boolean isA(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException(type);
    };
  }
}
