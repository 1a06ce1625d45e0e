package io.fairlead.health.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server that behaves, or misbehaves, as its script says; one virtual thread per visitor. */
public final class Peer implements AutoCloseable {
  /** What is done with one connection; an exception ends it, as does returning. */
  @FunctionalInterface
  public interface Script {
    void serve(Socket connection) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  public Peer(Script script) {
    this("127.0.0.1", 0, script);
  }

  public Peer(String address, int port, Script script) {
    this.script = script;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread _ = Thread.ofVirtual().start(this::accept);
  }

  /** Reads a request's head, then sends these octets and closes. */
  public static Script answers(String response) {
    return connection -> {
      readHead(connection.getInputStream());
      connection.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
    };
  }

  /** Up to and with the empty line. */
  public static String readHead(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        throw new IOException("closed within a request's head: " + head);
      }
      head.append((char) octet);
    }
    return head.toString();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  public int port() {
    return server.getLocalPort();
  }

  public int accepted() {
    return accepted.get();
  }

  /** Connections that the script has not left yet. */
  public int open() {
    return open.size();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        accepted.incrementAndGet();
        open.add(connection);
        Thread _ = Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // closed: the end of this peer
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      script.serve(connection);
    } catch (IOException | InterruptedException _) {
      // the visitor left, or this peer is closed
    } finally {
      open.remove(connection);
    }
  }
}
