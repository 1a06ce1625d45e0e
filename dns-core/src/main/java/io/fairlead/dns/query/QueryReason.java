package io.fairlead.dns.query;

import io.fairlead.dns.choice.Reason;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import java.net.InetAddress;

/** The steps of a query that are not the chooser's, as {@code explain} shows them. */
public sealed interface QueryReason extends Reason {
  /** How we know for whom we answer. */
  enum Source {
    /** The address that the query came from. */
    RESOLVER,
    /** The client subnet that the query carries (RFC 7871). */
    CLIENT_SUBNET
  }

  record ClientLearned(InetAddress address, int prefixLength, Source source)
      implements QueryReason {
    @Override
    public String text() {
      String network = address.getHostAddress() + "/" + prefixLength;
      return switch (source) {
        case RESOLVER -> "the client is taken to be where the query came from, " + network;
        case CLIENT_SUBNET -> "the client is in " + network + ", as the query's client subnet says";
      };
    }
  }

  record ZoneFound(Name apex) implements QueryReason {
    @Override
    public String text() {
      return "the name lies in the zone " + apex;
    }
  }

  record NotOurs(Name name) implements QueryReason {
    @Override
    public String text() {
      return "no zone of this server holds " + name;
    }
  }

  record NotReady() implements QueryReason {
    @Override
    public String text() {
      return "the first verdicts are not there yet";
    }
  }

  record NameFound(Name name) implements QueryReason {
    @Override
    public String text() {
      return name + " exists";
    }
  }

  record WildcardMatched(Name wildcard) implements QueryReason {
    @Override
    public String text() {
      return "the name does not exist, " + wildcard + " stands for it";
    }
  }

  /**
   * A service stands at the name.
   *
   * @param name where it was found: the service's own, or an alias
   */
  record ServiceFound(Name service, Name name) implements QueryReason {
    @Override
    public String text() {
      return service.equals(name)
          ? "it is the service " + service
          : "it is an alias of the service " + service;
    }
  }

  record NameMissing(Name name, Name closestEncloser) implements QueryReason {
    @Override
    public String text() {
      return name + " does not exist; what exists of it is " + closestEncloser;
    }
  }

  record Delegated(Name cut) implements QueryReason {
    @Override
    public String text() {
      return cut + " is delegated to other name servers";
    }
  }

  record TypeFound(int type, int records) implements QueryReason {
    @Override
    public String text() {
      return "its " + RrType.text(type) + " are static records: " + records;
    }
  }

  /**
   * A service binding names addresses: those that follow from here.
   *
   * @param binding HTTPS or SVCB
   * @param family A or AAAA
   */
  record HintsChosen(int binding, int family) implements QueryReason {
    @Override
    public String text() {
      return "its "
          + RrType.text(binding)
          + " names what this client gets for "
          + RrType.text(family);
    }
  }

  record TypeMissing(int type) implements QueryReason {
    @Override
    public String text() {
      return "it has no " + RrType.text(type);
    }
  }

  record CnameFollowed(Name target) implements QueryReason {
    @Override
    public String text() {
      return "it is a CNAME, followed to " + target;
    }
  }

  record DnameSubstituted(Name owner, Name target) implements QueryReason {
    @Override
    public String text() {
      return "the DNAME of " + owner + " puts it below " + target;
    }
  }

  record Scope(int prefixLength) implements QueryReason {
    @Override
    public String text() {
      return prefixLength == 0
          ? "no client subnet narrowed the answer (scope 0)"
          : "the answer holds for all clients that share the first " + prefixLength + " bits";
    }
  }
}
