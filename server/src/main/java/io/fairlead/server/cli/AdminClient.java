package io.fairlead.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a running server. */
final class AdminClient {
  static final String DEFAULT_SERVER = "http://127.0.0.1:8053";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      URI uri = URI.create(server.toString().replaceAll("/+$", "") + pathAndQuery);
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
      JsonNode body = new ObjectMapper().readTree(response.body());
      if (response.statusCode() != 200) {
        throw new CommandFailure(
            response.statusCode() == 400 ? ExitCode.USAGE : ExitCode.UNAVAILABLE,
            server + " says: " + body.path("detail").asText(response.body()));
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, server + " is no fairlead: it does not answer in JSON");
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "no server at " + server + " (" + e + "); start one, or name another by --server URL");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.UNAVAILABLE, "interrupted");
    }
  }
}
