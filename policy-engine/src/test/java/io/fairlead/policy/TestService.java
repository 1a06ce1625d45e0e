package io.fairlead.policy;

import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Choice;
import io.fairlead.dns.choice.Client;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.choice.Turns;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.dns.zone.SteeredRecord;
import io.fairlead.dns.zone.SteeredRrSet;
import io.fairlead.dns.zone.SteeredService;
import io.fairlead.policy.compile.ServiceCompiler;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.spec.Algorithm;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.ClientGroup;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.Location;
import io.fairlead.policy.spec.MemberSpec;
import io.fairlead.policy.spec.Network;
import io.fairlead.policy.spec.PoolSpec;
import io.fairlead.policy.spec.ServiceSpec;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private int minMembersUp = 1;
  private boolean clientSubnet = true;
  private ServiceSpec.PoolSelection poolSelection = ServiceSpec.PoolSelection.PRIORITY;
  private @Nullable ClientGroup privateClients;
  private AnswerTypes types = AnswerTypes.ADDRESSES;
  private int doubtTtlSeconds = ServiceSpec.SAME_TTL;
  private boolean inDoubt;
  private Map<String, Location> sites = Map.of();
  private GeoData geo = GeoData.NONE;

  /** Answers of one address each, by round robin. */
  public static TestService of(PoolSpec... pools) {
    var service = new TestService();
    service.pools.addAll(List.of(pools));
    return service;
  }

  public static PoolSpec pool(String name, int priority, MemberSpec... members) {
    return new PoolSpec(name, priority, new Algorithm.RoundRobin(), true, List.of(members));
  }

  public static PoolSpec pool(
      String name, int priority, Algorithm algorithm, MemberSpec... members) {
    return new PoolSpec(name, priority, algorithm, true, List.of(members));
  }

  public static MemberSpec preferred(String site, String address, int weight, int preference) {
    return new MemberSpec(
        site, address(address), weight, true, null, 0, "file", preference, null, null);
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

  public TestService minMembersUp(int count) {
    minMembersUp = count;
    return this;
  }

  public TestService clientSubnet(boolean counts) {
    clientSubnet = counts;
    return this;
  }

  public TestService types(AnswerTypes others) {
    types = others;
    return this;
  }

  /** A verdict is in doubt, or not; the TTL while it is. */
  public TestService inDoubt(boolean doubted, int ttlSeconds) {
    inDoubt = doubted;
    doubtTtlSeconds = ttlSeconds;
    return this;
  }

  public TestService poolsByDistance() {
    poolSelection = ServiceSpec.PoolSelection.GEO;
    return this;
  }

  public TestService privateClients(String... networks) {
    privateClients = new ClientGroup("private", Stream.of(networks).map(Network::parse).toList());
    return this;
  }

  public TestService in(Map<String, Location> siteLocations, GeoData places) {
    sites = siteLocations;
    geo = places;
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
    return new ServiceSpec(
        NAME,
        List.of(),
        30,
        answers,
        List.of(),
        downResponse,
        pools,
        poolSelection,
        minMembersUp,
        clientSubnet,
        privateClients,
        ServiceSpec.ALL_MONITORS,
        types,
        doubtTtlSeconds);
  }

  public Liveness liveness() {
    return liveness;
  }

  public List<SteeredRrSet> compile() {
    return compileAll().rrsets();
  }

  public SteeredService compileAll() {
    return new ServiceCompiler((_, address) -> endpoint(address), turns, sites, geo)
        .compile(spec(), liveness, inDoubt);
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
    return ask(rrset, new Client());
  }

  public Choice ask(SteeredRrSet rrset, Client client) {
    var choice = Choice.silent();
    choice.clear(rrset.ttlSeconds());
    rrset.chooser().choose(client, liveness, rrset.turn(), choice);
    return choice;
  }

  /** What {@code explain} would do: the same choice with its reasons, and no turn spent. */
  public Choice explain(SteeredRrSet rrset) {
    return explain(rrset, new Client());
  }

  public Choice explain(SteeredRrSet rrset, Client client) {
    var choice = Choice.recording();
    choice.clear(rrset.ttlSeconds());
    rrset.chooser().choose(client, liveness, rrset.turn().look(), choice);
    return choice;
  }

  /** A client whose resolver names its subnet: "192.0.2.0/24". */
  public static Client subnet(String network) {
    var parsed = Network.parse(network);
    var client = new Client();
    client.resolver().set(address("203.0.113.53"));
    client.subnet().set(parsed.address());
    client.subnet().set(client.subnet().truncated(parsed.prefixLength()));
    client.useSubnet();
    return client;
  }

  /** A client that is known by its resolver alone. */
  public static Client resolver(String address) {
    var client = new Client();
    client.resolver().set(address(address));
    return client;
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

  /** A record's address or name, for people. */
  public static String text(SteeredRecord record) {
    if (record.type() == RrType.CNAME) {
      return Name.ofWire(record.rdata()).toString();
    }
    try {
      return InetAddress.getByAddress(record.rdata()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address", e);
    }
  }

  /** The last octets of what a client gets for A, in order. */
  public String answer(Client client) {
    var rrset = rrset(RrType.A);
    return lastOctets(rrset, ask(rrset, client));
  }

  /** What {@code explain} says to a client that asks for A. */
  public List<String> explained(Client client) {
    return explain(rrset(RrType.A), client).reasons().stream().map(Reason::text).toList();
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
