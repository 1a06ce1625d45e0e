package io.fairlead.server.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads a stream of server-sent events as a browser does (WHATWG HTML section 9.2). */
final class EventReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DEADLINE_SECONDS = 20;

  /** One event as it came. */
  record Received(String id, String event, JsonNode data, long nanos) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpResponse<Stream<String>> response;
  private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final Thread thread;

  EventReader(int port, String query, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      response = http.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(query, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(query, e);
    }
    thread = Thread.ofVirtual().start(this::read);
  }

  HttpResponse<Stream<String>> response() {
    return response;
  }

  private void read() {
    var id = new StringBuilder();
    var event = new StringBuilder();
    try {
      response
          .body()
          .forEach(
              line -> {
                if (line.startsWith("id: ")) {
                  id.append(line.substring(4));
                } else if (line.startsWith("event: ")) {
                  event.append(line.substring(7));
                } else if (line.startsWith("data: ")) {
                  received.add(
                      new Received(id.toString(), event.toString(), json(line), System.nanoTime()));
                  id.setLength(0);
                  event.setLength(0);
                }
              });
    } catch (UncheckedIOException e) {
      // the server has gone, or we have
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line.substring(6));
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** The next event that is like this; those before it are passed over. */
  Received next(String what, Predicate<Received> like) {
    var passed = new ArrayList<Received>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    try {
      while (true) {
        Received one = received.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (one == null) {
          throw new AssertionError("no " + what + " came, but " + passed);
        }
        if (like.test(one)) {
          return one;
        }
        passed.add(one);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(what, e);
    }
  }

  /** Whatever has come and was not asked for. */
  List<Received> rest() {
    var rest = new ArrayList<Received>();
    received.drainTo(rest);
    return rest;
  }

  @Override
  public void close() {
    http.shutdownNow();
    thread.interrupt();
  }
}
