package io.fairlead.policy.explain;

import io.fairlead.dns.choice.Address;
import io.fairlead.dns.choice.Availability;
import io.fairlead.dns.choice.Liveness;
import io.fairlead.dns.choice.Reason;
import io.fairlead.policy.spec.DownResponse;
import io.fairlead.policy.spec.TopologySpec;
import java.util.List;

/** One step of a policy's decision: the facts, and a sentence made of them. */
public sealed interface PolicyReason extends Reason {
  /** A pool was looked at; in the order of looking. */
  record PoolConsidered(String pool, int priority, PoolFate fate) implements PolicyReason {
    @Override
    public String text() {
      return "pool " + pool + " (priority " + priority + ") " + fate.text();
    }
  }

  /**
   * Several pools share the answers.
   *
   * @param turn the service's, from 0
   * @param pool the pool that it falls on
   * @param pools how many share
   */
  record PoolTurnTaken(long turn, String pool, int pools) implements PolicyReason {
    @Override
    public String text() {
      return pools + " pools share the answers; turn " + turn + " is " + pool + "'s";
    }
  }

  /**
   * Round robin went by this turn.
   *
   * @param turn the pool's, from 0
   * @param slot of the schedule, from 0
   * @param period slots of the schedule: the sum of the weights of all who can answer, their common
   *     divisor taken out
   */
  record TurnTaken(long turn, int slot, int period) implements PolicyReason {
    @Override
    public String text() {
      return "turn " + turn + " falls on slot " + (slot + 1) + " of " + period;
    }
  }

  /**
   * Consistent hash went by this much of the client's address.
   *
   * @param network the bits that count, as a prefix: all its clients are sent to one member
   */
  record ClientHashed(String network) implements PolicyReason {
    public static ClientHashed of(Address address, int bits) {
      return new ClientHashed(prefix(address, bits));
    }

    @Override
    public String text() {
      return "all clients of " + network + " keep to one member";
    }
  }

  /**
   * The client's place was looked up.
   *
   * @param network all clients of this prefix are there
   */
  record ClientPlaced(String network, String place) implements PolicyReason {
    public static ClientPlaced of(Address address, int bits, String place) {
      return new ClientPlaced(prefix(address, bits), place);
    }

    @Override
    public String text() {
      return "the clients of " + network + " are at " + place;
    }
  }

  /**
   * A location of members was asked.
   *
   * @param kilometres from the client
   * @param nearer how many locations were asked before it
   */
  record Distance(long kilometres, int nearer) implements PolicyReason {
    public static Distance of(double kilometres, int nearer) {
      return new Distance(Math.round(kilometres), nearer);
    }

    @Override
    public String text() {
      return (nearer == 0 ? "the nearest location is " : "the next is ") + kilometres + " km away";
    }
  }

  /** A pool was asked because it is the nearest, or the next after those that were too small. */
  record PoolDistance(String pool, long kilometres) implements PolicyReason {
    public static PoolDistance of(String pool, double kilometres) {
      return new PoolDistance(pool, Math.round(kilometres));
    }

    @Override
    public String text() {
      return "pool " + pool + " is the nearest, " + kilometres + " km away";
    }
  }

  /**
   * A topology said which sites this client prefers.
   *
   * @param rule from 1, or 0 where none matched
   * @param network all clients of this prefix have this rule
   */
  record RuleMatched(String topology, int rule, List<String> prefer, boolean strict, String network)
      implements PolicyReason {
    public RuleMatched {
      prefer = List.copyOf(prefer);
    }

    public static RuleMatched of(TopologySpec topology, int rule, Address address, int bits) {
      String network = prefix(address, bits);
      if (rule == topology.rules().size()) {
        return new RuleMatched(topology.name(), 0, List.of(), false, network);
      }
      var matched = topology.rules().get(rule);
      return new RuleMatched(
          topology.name(), rule + 1, matched.prefer(), matched.strict(), network);
    }

    @Override
    public String text() {
      if (rule == 0) {
        return "no rule of topology " + topology + " matches the clients of " + network;
      }
      return "rule "
          + rule
          + " of topology "
          + topology
          + " matches the clients of "
          + network
          + ": "
          + (strict ? "only " : "first ")
          + String.join(", then ", prefer);
    }
  }

  /** The client is one of those who get members' own addresses, or it gets the public ones. */
  record PublicOrPrivate(boolean isPrivate) implements PolicyReason {
    @Override
    public String text() {
      return isPrivate
          ? "the client is private: it gets the members' own addresses"
          : "the client is public: it gets the public address of a member that has one";
    }
  }

  /**
   * A member was looked at; in the order of the pools and of the file.
   *
   * @param address the address or, of a member that is a name, the name
   * @param origin where it comes from, for people
   * @param share of its weight, in sixteenths: less than 16 in a slow start
   * @param place from 1 where it is in the answer, else 0
   */
  record MemberConsidered(
      String pool,
      String site,
      String address,
      int weight,
      String origin,
      int share,
      Availability availability,
      MemberFate fate,
      int place)
      implements PolicyReason {
    @Override
    public String text() {
      return site
          + " "
          + address
          + " (pool "
          + pool
          + ", weight "
          + weight
          + (share < Liveness.WHOLE ? ", of that " + share + "/16 in its slow start" : "")
          + ") is "
          + words(availability)
          + "; "
          + fate.text()
          + (place == 0 ? "" : " as number " + place)
          + (origin.equals("file") ? "" : "; from " + origin);
    }

    private static String words(Availability availability) {
      return switch (availability) {
        case UP -> "up";
        case ASSUMED_UP -> "without a verdict yet, which counts as up";
        case GUARDED -> "down by its checks, which the mass-down guard does not believe yet";
        case DOWN -> "down";
        case ASSUMED_DOWN -> "without a verdict yet, which counts as down";
        case HELD -> "well again, but held back until it has been so for long enough";
        case WAITING -> "well again, but held back until an operator resumes it";
        case DRAINING -> "draining, an operator's word";
        case DRAINED -> "drained, an operator's word";
        case DISABLED -> "disabled";
      };
    }
  }

  /**
   * No member can answer.
   *
   * @param extendedError the info code that goes with it (RFC 8914)
   */
  record AllDown(DownResponse response, int extendedError) implements PolicyReason {
    @Override
    public String text() {
      return "no member can answer, so the service is told to "
          + switch (response) {
            case DownResponse.None() -> "send nothing";
            case DownResponse.NoData() -> "answer without records";
            case DownResponse.Servfail() -> "say SERVFAIL";
            case DownResponse.AllRecords() -> "hand out all enabled members, health set aside";
            case DownResponse.FallbackAddress _ -> "hand out its address of last resort";
            case DownResponse.Cname(var target) -> "send its clients to " + target;
          }
          + " (extended error "
          + extendedError
          + ")";
    }
  }

  /**
   * The service's last resort is the answer.
   *
   * @param target an address or a name
   */
  record LastResortTaken(String target) implements PolicyReason {
    @Override
    public String text() {
      return target + " is the last resort; taken as number 1";
    }
  }

  private static String prefix(Address address, int bits) {
    return address.truncated(bits).toInetAddress().getHostAddress() + "/" + bits;
  }

  /** How long the answer may be remembered. */
  record TimeToLive(int seconds) implements PolicyReason {
    @Override
    public String text() {
      return "the answer holds for " + seconds + " s";
    }
  }

  /** A member's verdict is unknown or contradicted, so the answer holds for less long. */
  record InDoubt(int seconds) implements PolicyReason {
    @Override
    public String text() {
      return "a verdict about a member may soon be another, so the TTL is "
          + seconds
          + " s (dynamicTtl)";
    }
  }
}
