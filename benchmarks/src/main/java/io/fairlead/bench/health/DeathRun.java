package io.fairlead.bench.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * From a member's death to the first answer without it, over many deaths at random moments, for
 * several servers that probe the same listeners at the same time. See {@code benchmarks/deaths},
 * which starts the servers.
 *
 * <p>Arguments: deaths, port of the listeners, {@code reset} or {@code silent}, interval and
 * timeout in milliseconds, fall, then {@code NAME=PORT} of each server. Service number N is {@code
 * sN.gslb.example.com}; its member 127.2.X.Y dies, and 127.3.0.1 answers then.
 */
public final class DeathRun {
  private static final InetAddress SPARE = InetAddress.ofLiteral("127.3.0.1");
  private static final long PATIENCE_MILLIS = 60_000;

  /** How often each server is asked about one name: the error of a figure. */
  private static final long ASK_MILLIS = 10;

  /** Some thirty die within one interval: enough for random phases, too few to be a storm. */
  private static final int DEATHS_PER_SECOND = 4;

  private record Server(String name, int port) {}

  private final Random random = new Random(20_261_125);
  private final int port;
  private final boolean silent;
  private final List<Server> servers;

  private DeathRun(int port, boolean silent, List<Server> servers) {
    this.port = port;
    this.silent = silent;
    this.servers = servers;
  }

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    int deaths = Integer.parseInt(arguments[0]);
    var servers = new ArrayList<Server>();
    for (String server : List.of(arguments).subList(6, arguments.length)) {
      int equals = server.indexOf('=');
      servers.add(
          new Server(server.substring(0, equals), Integer.parseInt(server.substring(equals + 1))));
    }
    var run = new DeathRun(Integer.parseInt(arguments[1]), arguments[2].equals("silent"), servers);
    long interval = Long.parseLong(arguments[3]);
    long timeout = run.silent ? Long.parseLong(arguments[4]) : 0;
    int fall = Integer.parseInt(arguments[5]);
    List<List<Long>> taken = run.measure(deaths);
    double meanLimit = (fall - 0.5) * interval + timeout + 50;
    long maxLimit = fall * interval + timeout + 50;
    System.out.printf(
        "%d deaths (%s), every %d ms, fall %d: mean at most %.0f ms, longest at most %d ms%n",
        deaths, arguments[2], interval, fall, meanLimit, maxLimit);
    for (int i = 0; i < servers.size(); i++) {
      tell(servers.get(i).name, taken.get(i), meanLimit, maxLimit);
    }
    System.exit(0);
  }

  private static void tell(String name, List<Long> millis, double meanLimit, long maxLimit) {
    long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElse(0);
    long longest = sorted[sorted.length - 1];
    System.out.printf(
        "%-10s mean %6.0f ms, median %6d, longest %6d: %s%n",
        name,
        mean,
        sorted[sorted.length / 2],
        longest,
        mean <= meanLimit && longest <= maxLimit ? "within" : "NOT within");
  }

  private List<List<Long>> measure(int deaths)
      throws IOException, InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var spare = new Member(SPARE)) {
      spare.live(threads);
      var members = new ArrayList<Member>();
      try {
        for (int i = 0; i < deaths; i++) {
          members.add(new Member(address(i)));
          members.getLast().live(threads);
        }
        return measure(members, threads);
      } finally {
        for (Member member : members) {
          member.close();
        }
      }
    }
  }

  private List<List<Long>> measure(List<Member> members, ExecutorService threads)
      throws IOException, InterruptedException, ExecutionException {
    int deaths = members.size();
    for (int i = 0; i < deaths; i++) {
      await(i, members.get(i).address, PATIENCE_MILLIS);
    }
    System.err.printf("all %d members answer%n", deaths);
    var asked = new ArrayList<Future<long[]>>();
    for (int i = 0; i < deaths; i++) {
      int number = i;
      long wait = random.nextLong(1_000L * deaths / DEATHS_PER_SECOND);
      asked.add(threads.submit(() -> die(number, members.get(number), wait)));
    }
    var taken = new ArrayList<List<Long>>();
    servers.forEach(_ -> taken.add(new ArrayList<>()));
    for (Future<long[]> one : asked) {
      for (int i = 0; i < servers.size(); i++) {
        taken.get(i).add(one.get()[i]);
      }
    }
    return taken;
  }

  /** Lets one member die after a while; returns how long each server went on answering with it. */
  private long[] die(int number, Member member, long wait)
      throws IOException, InterruptedException {
    TimeUnit.MILLISECONDS.sleep(wait);
    long died = System.nanoTime();
    member.die();
    return await(number, SPARE, PATIENCE_MILLIS, died);
  }

  private void await(int number, InetAddress expected, long atMostMillis)
      throws IOException, InterruptedException {
    long[] _ = await(number, expected, atMostMillis, System.nanoTime());
  }

  private long[] await(int number, InetAddress expected, long atMostMillis, long since)
      throws IOException, InterruptedException {
    var taken = new long[servers.size()];
    Arrays.fill(taken, -1);
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout(500);
      while (Arrays.stream(taken).anyMatch(one -> one < 0)) {
        long millis = Duration.ofNanos(System.nanoTime() - since).toMillis();
        if (millis > atMostMillis) {
          throw new IllegalStateException(
              "s%d is not %s after %d ms: %s"
                  .formatted(number, expected.getHostAddress(), millis, Arrays.toString(taken)));
        }
        for (int i = 0; i < taken.length; i++) {
          if (taken[i] < 0 && expected.equals(ask(socket, servers.get(i), number))) {
            taken[i] = Duration.ofNanos(System.nanoTime() - since).toMillis();
          }
        }
        TimeUnit.MILLISECONDS.sleep(ASK_MILLIS);
      }
    }
    return taken;
  }

  /** The one address of an answer; the wildcard where there is none. */
  private static InetAddress ask(DatagramSocket socket, Server server, int number)
      throws IOException {
    byte[] query = query(number);
    socket.send(
        new DatagramPacket(
            query,
            query.length,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port)));
    var reply = new DatagramPacket(new byte[512], 512);
    try {
      socket.receive(reply);
    } catch (SocketTimeoutException e) {
      return InetAddress.ofLiteral("0.0.0.0");
    }
    boolean one = reply.getLength() > query.length && reply.getData()[7] == 1;
    // Name as a pointer, type, class, TTL and length are 12 octets: RFC 1035 section 4.1.3.
    int at = query.length + 12;
    return InetAddress.getByAddress(
        one ? Arrays.copyOfRange(reply.getData(), at, at + 4) : new byte[4]);
  }

  private static byte[] query(int number) {
    String label = "s" + number;
    String wire = (char) label.length() + label + "\4gslb\7example\3com\0";
    String head = "\0\1\0\0\0\1\0\0\0\0\0\0";
    return (head + wire + "\0\1\0\1").getBytes(US_ASCII);
  }

  private static InetAddress address(int number) {
    return InetAddress.ofLiteral("127.2.%d.%d".formatted(number / 250, 1 + number % 250));
  }

  /** A web server of one sentence. */
  private final class Member implements AutoCloseable {
    private static final byte[] OK =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".getBytes(US_ASCII);

    private final InetAddress address;
    private final ServerSocket listener;
    private volatile boolean dead;

    Member(InetAddress address) throws IOException {
      this.address = address;
      this.listener = new ServerSocket(port, 64, address);
    }

    void live(ExecutorService threads) {
      threads.execute(
          () -> {
            try {
              while (true) {
                Socket visitor = listener.accept();
                threads.execute(() -> serve(visitor));
              }
            } catch (IOException _) {
              // it died
            }
          });
    }

    private void serve(Socket visitor) {
      try (visitor;
          InputStream in = visitor.getInputStream()) {
        int _ = in.read(new byte[2048]);
        while (dead && in.read() >= 0) {
          // says nothing until the visitor leaves
        }
        if (!dead) {
          visitor.getOutputStream().write(OK);
        }
      } catch (IOException _) {
        // the visitor left first
      }
    }

    void die() throws IOException {
      dead = true;
      if (!silent) {
        listener.close();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
