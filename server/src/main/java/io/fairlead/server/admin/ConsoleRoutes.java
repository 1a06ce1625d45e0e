package io.fairlead.server.admin;

import io.fairlead.server.admin.http.Paths;
import io.fairlead.server.admin.http.Reply;
import io.fairlead.server.admin.http.Routes;
import io.fairlead.server.admin.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The console, a page of plain modules, and the description of the API: as they lie among our
 * resources.
 */
public final class ConsoleRoutes implements Routes {
  private static final String FOLDER = "/io/fairlead/server/";

  private static final List<String> FILES =
      List.of(
          "console.css",
          "icon.svg",
          "world.json",
          "api.js",
          "dialog.js",
          "dom.js",
          "events.js",
          "explain.js",
          "main.js",
          "map.js",
          "service.js",
          "services.js");

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Override
  public void addTo(Paths paths) {
    add(paths, "/", "console/index.html");
    FILES.forEach(name -> add(paths, "/console/" + name, "console/" + name));
    add(paths, "/openapi.yaml", "openapi.yaml");
  }

  private static void add(Paths paths, String path, String name) {
    Reply file = file(name);
    paths.open(path, _ -> file);
  }

  private static Reply file(String name) {
    return new Reply(Status.OK, type(name), read(name))
        // Asked for each time, and answered by 304 while it is the same: an update is seen at once.
        .with("Cache-Control", "no-cache")
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "no-referrer");
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "json" -> "application/json";
      case "yaml" -> "application/yaml";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no type for " + name);
    };
  }

  private static String read(String name) {
    try (InputStream file = ConsoleRoutes.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing in what was built");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
