package io.fairlead.server.where;

import io.fairlead.config.FairleadConfig;
import io.fairlead.dns.query.Snapshot;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.geo.CountrySamples;
import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.policy.geo.GeoLoader;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import io.fairlead.server.control.PlannedMember;
import io.fairlead.server.control.Published;
import io.fairlead.server.control.WhatIf;
import io.fairlead.server.explain.Question;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where clients go now, and where they would go with sites down. Nothing is spent and nothing is
 * counted: turns and counts are its own.
 */
public final class Atlas {
  private static final int CLIENTS_OF_A_COUNTRY = 8;

  /** With eight clients, 200 answers a country: a share of one in a hundred is seen. */
  private static final int QUESTIONS_OF_A_CLIENT = 25;

  /** One in each 2^24 of IPv4's space. */
  private static final int CLIENTS_OF_THE_WORLD = 256;

  private static final int QUESTIONS_OF_THE_WORLD = 8;

  private record Countries(
      List<GeoDatabaseSpec> databases, Map<String, List<InetAddress>> clients) {}

  private Countries countries = new Countries(List.of(), Map.of());

  /**
   * Asks for the clients of one service.
   *
   * @param service its number in the plan
   * @param type of the records that are asked for
   * @param down sites that are taken as down
   * @throws GeoFileException where the files that say where clients are cannot be read now
   */
  public Destinations of(Published now, int service, int type, Collection<String> down)
      throws GeoFileException {
    Snapshot snapshot = WhatIf.of(now, service, down);
    Name name = now.plan().services().get(service).name();
    List<PlannedMember> members = now.plan().members(service);
    var question = new Question(name, type, world().getFirst(), Question.WHOLE);
    var asked = new Asked(snapshot, question, members);
    var byCountry = new TreeMap<String, Map<String, Double>>();
    for (var country : clients(now.model().config()).entrySet()) {
      byCountry.put(country.getKey(), asked.shares(country.getValue(), QUESTIONS_OF_A_CLIENT));
    }
    return new Destinations(asked.shares(world(), QUESTIONS_OF_THE_WORLD), byCountry);
  }

  private static List<InetAddress> world() {
    var clients = new ArrayList<InetAddress>(CLIENTS_OF_THE_WORLD);
    for (int i = 0; i < CLIENTS_OF_THE_WORLD; i++) {
      clients.add(InetAddress.ofLiteral(i + ".80.40.20"));
    }
    return clients;
  }

  /**
   * Read for this alone, and kept: what the services ask about places may leave countries out, and
   * to keep them there would narrow the scope of answers.
   */
  private synchronized Map<String, List<InetAddress>> clients(@Nullable FairleadConfig config)
      throws GeoFileException {
    if (config == null || config.geoAttributes().isEmpty()) {
      return Map.of();
    }
    if (!countries.databases().equals(config.geoDatabases())) {
      var data = GeoLoader.load(config.geoDatabases(), Set.of(GeoAttribute.COUNTRY));
      countries =
          new Countries(config.geoDatabases(), CountrySamples.of(data, CLIENTS_OF_A_COUNTRY));
    }
    return countries.clients();
  }
}
