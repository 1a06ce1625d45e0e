package io.fairlead.bench.policy;

import io.fairlead.bench.answer.Queries;
import io.fairlead.config.file.ConfigLoader;
import io.fairlead.config.file.ConfigLoader.Result.Loaded;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.zone.ServiceTable;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.health.spec.Target;
import io.fairlead.health.verdict.TargetStatus;
import io.fairlead.health.verdict.Verdict;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import io.fairlead.server.control.ControlEvent;
import io.fairlead.server.control.ControlEvent.ConfigLoaded;
import io.fairlead.server.control.ControlEvent.FirstRoundDone;
import io.fairlead.server.control.ControlEvent.HealthChanged;
import io.fairlead.server.control.ControlFold;
import io.fairlead.server.control.Published;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What many services of three members each cost: to compile, on the heap, and to compile one of
 * them again after a verdict. Arguments: how many services.
 */
public final class ServicesRun {
  private static final int MEMBERS = 3;
  private static final int ROUNDS = 5;
  private static final int VERDICTS = 20_000;

  private ServicesRun() {}

  public static void main(String[] arguments) throws IOException {
    for (String argument : arguments) {
      int count = Integer.parseInt(argument);
      compile(count);
      judge(count);
    }
  }

  private static void compile(int count) {
    List<ServiceSpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(service(i));
    }
    long best = Long.MAX_VALUE;
    long octets = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = used();
      long begin = System.nanoTime();
      ServiceTable table = compileAll(specs);
      best = Math.min(best, System.nanoTime() - begin);
      octets = used() - before;
      if (table.get(count - 1).rrsets().isEmpty()) {
        throw new IllegalStateException("a service without an answer");
      }
    }
    System.out.printf(
        "%,d services compiled in %,d ms (the best of %d), %,d octets a member%n",
        count, TimeUnit.NANOSECONDS.toMillis(best), ROUNDS, octets / ((long) count * MEMBERS));
  }

  private static ServiceTable compileAll(List<ServiceSpec> specs) {
    var compiler = new ServiceCompiler((_, address) -> address.hashCode() & 0xffff, new Turns());
    Map<Integer, SteeredService> services = HashMap.newHashMap(specs.size());
    for (int i = 0; i < specs.size(); i++) {
      services.put(i, compiler.compile(specs.get(i), Liveness.NONE, false));
    }
    return ServiceTable.EMPTY.with(services);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String address(int service, int member) {
    return "%d.%d.%d.%d"
        .formatted(100 + member, service >> 16 & 0xff, service >> 8 & 0xff, service & 0xff);
  }

  private static ServiceSpec service(int number) {
    var members = new ArrayList<MemberSpec>();
    for (int i = 0; i < MEMBERS; i++) {
      var vip = InetAddress.ofLiteral(address(number, i));
      members.add(new MemberSpec("site-" + i, vip, 1 + i, true, null, 0, "benchmark"));
    }
    var pool =
        new PoolSpec("main", PoolSpec.DEFAULT_PRIORITY, new Algorithm.RoundRobin(), true, members);
    return new ServiceSpec(
        Queries.name("service", number),
        List.of(),
        30,
        1,
        List.of(),
        new DownResponse.AllRecords(),
        List.of(pool));
  }

  /** The whole step of control: what is believed, what queries may have, what they read. */
  private static void judge(int count) throws IOException {
    Path file = Files.createTempFile("services", ".yaml");
    write(file, count);
    if (!(ConfigLoader.load(file) instanceof Loaded loaded)) {
      throw new IllegalStateException("the file that we wrote is refused");
    }
    Files.delete(file);
    var fold = new ControlFold();
    Instant now = Instant.EPOCH;
    Published published =
        fold.apply(
            Published.NOTHING,
            List.of(new ConfigLoaded(loaded.config(), "", List.of(), now), new FirstRoundDone()));
    List<Target> targets = List.copyOf(published.plan().targets());
    long nanos = 0;
    for (int i = 0; i < 2 * VERDICTS; i++) {
      Target target = targets.get((int) (i * 7919L % targets.size()));
      var status = new TargetStatus(other(target, published), now, "said so");
      ControlEvent event = new HealthChanged(target, "self", status);
      long begin = System.nanoTime();
      published = fold.apply(published, List.of(event));
      nanos += i < VERDICTS ? 0 : System.nanoTime() - begin; // the first half warms up
    }
    System.out.printf("%,d services: a verdict is published in %,d ns%n", count, nanos / VERDICTS);
  }

  private static Verdict other(Target target, Published published) {
    TargetStatus status = published.model().health().get(target);
    return status != null && status.verdict() == Verdict.UP ? Verdict.DOWN : Verdict.UP;
  }

  private static void write(Path file, int count) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          """
          version: 1
          zones:
            - name: gslb.example.com
              contact: hostmaster.example.com
              nameServers: [ { name: ns1.example.net } ]
          sites: [ { name: site-0 }, { name: site-1 }, { name: site-2 } ]
          monitors: [ { name: tcp, type: tcp, port: 80 } ]
          services:
          """);
      for (int i = 0; i < count; i++) {
        out.write("  - name: s%d.gslb.example.com%n    monitors: [tcp]%n".formatted(i));
        out.write("    pools:%n      - name: main%n        members:%n".formatted());
        for (int member = 0; member < MEMBERS; member++) {
          out.write(
              "          - { site: site-%d, address: %s }%n".formatted(member, address(i, member)));
        }
      }
    }
  }
}
