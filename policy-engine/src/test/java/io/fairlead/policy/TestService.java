package io.fairlead.policy;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A service under test, told in a few words, with the liveness of its members and the turns of the
 * process.
 */
public final class TestService {
  public static final Name NAME = Name.parse("www.gslb.example.com");

  private final Map<InetAddress, Integer> endpoints = new LinkedHashMap<>();
  private final Turns turns = new Turns();
  private final List<PoolSpec> pools = new ArrayList<>();
  private Liveness liveness = Liveness.NONE;
  private DownResponse downResponse = new DownResponse.Servfail();
  private int answers = 1;

  /** Answers of one address each, by round robin. */
  public static TestService of(PoolSpec... pools) {
    var service = new TestService();
    service.pools.addAll(List.of(pools));
    return service;
  }

  public static PoolSpec pool(String name, int priority, MemberSpec... members) {
    return new PoolSpec(name, priority, new Algorithm.RoundRobin(), true, List.of(members));
  }

  public static MemberSpec member(String site, String address, int weight) {
    return new MemberSpec(site, address(address), weight, true, null, 0, "file");
  }

  public static MemberSpec disabled(String site, String address) {
    return new MemberSpec(site, address(address), 1, false, null, 0, "file");
  }

  public static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }

  public TestService answers(int count) {
    answers = count;
    return this;
  }

  public TestService whenDown(DownResponse response) {
    downResponse = response;
    return this;
  }

  public TestService set(String address, Availability availability) {
    return set(address(address), availability);
  }

  public TestService set(InetAddress address, Availability availability) {
    liveness = liveness.change().set(endpoint(address), availability).apply();
    return this;
  }

  private int endpoint(InetAddress address) {
    return endpoints.computeIfAbsent(address, _ -> endpoints.size());
  }

  public ServiceSpec spec() {
    return new ServiceSpec(NAME, List.of(), 30, answers, List.of(), downResponse, pools);
  }

  public Liveness liveness() {
    return liveness;
  }

  public List<SteeredRrSet> compile() {
    return new ServiceCompiler((_, address) -> endpoint(address), turns)
        .compile(spec(), liveness)
        .rrsets();
  }

  /** The RRset of a type, compiled for the liveness as it is now. */
  public SteeredRrSet rrset(int type) {
    return compile().stream().filter(rrset -> rrset.type() == type).findFirst().orElseThrow();
  }

  /** One A query's choice. */
  public Choice ask() {
    return ask(rrset(RrType.A));
  }

  public Choice ask(SteeredRrSet rrset) {
    var choice = Choice.silent();
    choice.clear(rrset.ttlSeconds());
    rrset.chooser().choose(new Client(), liveness, rrset.turn(), choice);
    return choice;
  }

  /** What {@code explain} would do: the same choice with its reasons, and no turn spent. */
  public Choice explain(SteeredRrSet rrset) {
    var choice = Choice.recording();
    choice.clear(rrset.ttlSeconds());
    rrset.chooser().choose(new Client(), liveness, rrset.turn().look(), choice);
    return choice;
  }

  /** The last octets of the answers to so many A queries, one answer a word: "1 1 2", "12 21". */
  public String answersTo(int queries) {
    var rrset = rrset(RrType.A);
    var text = new StringBuilder();
    for (int i = 0; i < queries; i++) {
      text.append(i == 0 ? "" : " ").append(lastOctets(rrset, ask(rrset)));
    }
    return text.toString();
  }

  /** The last octets of the records taken, in order. */
  public static String lastOctets(SteeredRrSet rrset, Choice choice) {
    var text = new StringBuilder();
    for (int i = 0; i < choice.count(); i++) {
      byte[] rdata = rrset.records().get(choice.record(i)).rdata();
      text.append(rdata[rdata.length - 1]);
    }
    return text.toString();
  }
}
