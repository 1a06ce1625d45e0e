package io.fairlead.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A real Chromium with one page, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> QUIET =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0");

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong octets = new AtomicLong();

  /** Where Chromium is on this machine; empty where it is not. */
  static Optional<Path> installed() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path chromium, Path folder) throws IOException {
    var command = new ArrayList<String>();
    command.add(chromium.toString());
    command.addAll(QUIET);
    command.add("--user-data-dir=" + folder);
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path ready = folder.resolve("DevToolsActivePort");
    Until.isTrue("Chromium listens", PATIENCE, () -> lines(ready).size() >= 2);
    String page =
        call(HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%s/json/new?about:blank"
                            .formatted(lines(ready).getFirst())))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build())
            .path("webSocketDebuggerUrl")
            .asText();
    socket = http.newWebSocketBuilder().buildAsync(URI.create(page), new Ear()).join();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", object());
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode call(HttpRequest request) throws IOException {
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Collects what the page says by itself, and hands answers to who waits for them. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void hear(String text) {
    JsonNode message = read(text);
    CompletableFuture<JsonNode> who = waiting.remove(message.path("id").asInt(-1));
    if (who != null) {
      who.complete(message);
      return;
    }
    JsonNode told = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.exceptionThrown" -> errors.add(told.path("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (told.path("type").asText().matches("error|warning|assert")) {
          errors.add(told.path("args").toString());
        }
      }
      case "Log.entryAdded" -> {
        if (told.at("/entry/level").asText().equals("error")) {
          errors.add(told.path("entry").toString());
        }
      }
      case "Network.requestWillBeSent" -> requests.add(told.at("/request/url").asText());
      case "Network.loadingFinished" -> octets.addAndGet(told.path("encodedDataLength").asLong());
      default -> {} // not asked for
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  JsonNode send(String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    waiting.put(id, answer);
    ObjectNode message = object().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode told = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (told.has("error")) {
        throw new AssertionError(method + ": " + told.path("error"));
      }
      return told.path("result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method, e);
    }
  }

  void open(String url) {
    send("Page.navigate", object().put("url", "about:blank"));
    send("Page.navigate", object().put("url", url));
  }

  /** A page of this size, in these colours. */
  void look(int width, int height, String colours) {
    send(
        "Emulation.setDeviceMetricsOverride",
        object()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = object();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", colours);
    send("Emulation.setEmulatedMedia", media);
  }

  /** What an expression is worth in the page; a promise is waited for. */
  JsonNode eval(String expression) {
    JsonNode told =
        send(
            "Runtime.evaluate",
            object()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (told.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + told.path("exceptionDetails"));
    }
    return told.at("/result/value");
  }

  /** Waits until an expression is true in the page. */
  void until(String expression) {
    Until.isTrue(
        () -> expression + "; the page says: " + text(),
        PATIENCE,
        // What is not there yet is not so yet.
        () ->
            eval("(() => { try { return !!(" + expression + "); } catch { return false; } })()")
                .asBoolean());
  }

  /** Waits until the page says this. */
  void untilSays(String words) {
    until("document.body.innerText.includes(" + JSON.valueToTree(words) + ")");
  }

  String text() {
    return eval("document.body.innerText").asText();
  }

  /** Presses a button, or follows a link, by its words within an element. */
  void press(String within, String words) {
    String find =
        "[...document.querySelectorAll('%s button, %s a, %s [role=button]')].find(e => (e.ariaLabel ?? e.textContent).includes(%s))"
            .formatted(within, within, within, JSON.valueToTree(words));
    until(find);
    eval(find + ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))");
  }

  void type(String selector, String words) {
    until("document.querySelector('" + selector + "')");
    eval(
        "(e => { e.focus(); e.value = %s; e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector('%s'))"
            .formatted(JSON.valueToTree(words), selector));
  }

  void key(String key, String code, int number) {
    for (String kind : List.of("keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          object()
              .put("type", kind)
              .put("key", key)
              .put("code", code)
              .put("windowsVirtualKeyCode", number));
    }
  }

  byte[] picture() {
    JsonNode told = send("Page.captureScreenshot", object().put("format", "png"));
    return Base64.getDecoder().decode(told.path("data").asText());
  }

  List<String> errors() {
    return errors;
  }

  List<String> requests() {
    return requests;
  }

  /** What came over the wire, compressed as it was. */
  long octets() {
    return octets.get();
  }

  void forget() {
    errors.clear();
    requests.clear();
    octets.set(0);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
