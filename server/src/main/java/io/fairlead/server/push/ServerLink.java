package io.fairlead.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fairlead.config.AgentSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The agent's way to the server's admin API: one connection, kept open. */
final class ServerLink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AgentSpec spec;
  private @Nullable HttpClient http;

  ServerLink(AgentSpec spec) {
    this.spec = spec;
  }

  /** What the server has said. */
  record Reply(int status, JsonNode body) {
    boolean isGood() {
      return status / 100 == 2;
    }
  }

  /** What is known of a cluster. */
  Reply members(String context) throws IOException, InterruptedException {
    return send("GET", path(context, "members"), "");
  }

  Reply push(String context, Piece piece) throws IOException, InterruptedException {
    return send("POST", path(context, "push"), PieceCodec.encode(piece).toString());
  }

  private static String path(String context, String what) {
    String escaped = URLEncoder.encode(context, StandardCharsets.UTF_8).replace("+", "%20");
    return "/api/v1/clusters/" + escaped + "/" + what;
  }

  private Reply send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(spec.server().toString().replaceAll("/+$", "") + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    Path token = spec.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + Files.readString(token).strip());
    }
    try {
      HttpResponse<String> response = client().send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new IOException("it is no fairlead: it does not answer in JSON", e);
    } catch (ConnectException e) {
      close(); // the next one reads the authorities again
      throw new IOException("nobody answers there", e);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private HttpClient client() throws IOException {
    HttpClient open = http;
    if (open == null) {
      HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
      Path authority = spec.authority();
      if (authority != null) {
        builder.sslContext(Authorities.trusting(authority));
      }
      open = builder.build();
      http = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (http != null) {
      http.shutdownNow();
      http = null;
    }
  }
}
