package io.fairlead.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.state.ImportsCodec;
import io.fairlead.sync.cluster.ClusterStatus;
import io.fairlead.sync.field.HostNames;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Origin;
import io.fairlead.sync.spec.ClusterSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pieces as JSON. What comes in is looked at as if anybody had sent it. */
final class PieceCodec {
  /** Nothing in it can end the line of a request. */
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,2047}");

  private static final int MAX_PORT = 65_535;
  private static final int MAX_WORDS = 1_000;

  private PieceCodec() {}

  static ObjectNode encode(Piece piece) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("session", piece.session()).put("number", piece.number()).put("last", piece.last());
    json.put("at", piece.at().toString());
    var members = json.putArray("members");
    piece.members().forEach(member -> ImportsCodec.encode(member, members.addObject()));
    var removed = json.putArray("removed");
    piece.removed().forEach(origin -> encode(origin, removed.addObject()));
    if (piece.amko() != null) {
      ImportsCodec.encode(piece.amko(), json.putObject("amko"));
    }
    if (piece.global() != null) {
      ImportsCodec.encode(piece.global(), json.putObject("global"));
    }
    ClusterStatus status = piece.status();
    ObjectNode stands =
        json.putObject("status")
            .put("connected", status.connected())
            .put("since", status.since().toString())
            .put("reason", status.reason())
            .put("held", status.held());
    var skipped = stands.putArray("skipped");
    for (ClusterStatus.Skipped one : status.skipped()) {
      ObjectNode object = skipped.addObject();
      encode(one.origin(), object);
      object.put("reason", one.reason());
    }
    return json;
  }

  private static void encode(Origin origin, ObjectNode json) {
    json.put("namespace", origin.namespace()).put("kind", origin.kind()).put("name", origin.name());
  }

  /**
   * Reads a piece about a cluster; which site its VIPs belong to is the server's word.
   *
   * @throws IllegalArgumentException that says what is wrong
   */
  static Piece decode(ClusterSpec cluster, JsonNode json) {
    String context = cluster.context();
    try {
      List<ImportedMember> members = new ArrayList<>();
      for (JsonNode member : json.path("members")) {
        members.add(at(cluster.site(), checked(ImportsCodec.member(context, member))));
      }
      List<Origin> removed = new ArrayList<>();
      for (JsonNode origin : json.path("removed")) {
        removed.add(origin(context, origin));
      }
      JsonNode amko = json.path("amko");
      JsonNode global = json.path("global");
      return new Piece(
          json.path("session").asText(),
          json.path("number").asLong(),
          json.path("last").asBoolean(),
          members,
          removed,
          Instant.parse(json.required("at").asText()),
          amko.isMissingNode() ? null : ImportsCodec.policy(amko),
          global.isMissingNode() ? null : checked(ImportsCodec.global(global)),
          status(context, json.required("status")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time: " + e.getMessage(), e);
    }
  }

  private static ClusterStatus status(String context, JsonNode json) {
    List<ClusterStatus.Skipped> skipped = new ArrayList<>();
    for (JsonNode one : json.path("skipped")) {
      if (skipped.size() < ClusterStatus.MAX_SKIPPED) {
        skipped.add(
            new ClusterStatus.Skipped(origin(context, one), words(one.path("reason").asText())));
      }
    }
    return new ClusterStatus(
        context,
        json.required("connected").asBoolean(),
        Instant.parse(json.required("since").asText()),
        words(json.required("reason").asText()),
        json.path("held").asInt(),
        skipped);
  }

  private static Origin origin(String context, JsonNode json) {
    return new Origin(
        context,
        json.required("namespace").asText(),
        json.required("kind").asText(),
        json.required("name").asText());
  }

  /** They stand in logs and lists. */
  private static String words(String text) {
    return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) : text;
  }

  private static ImportedMember at(String site, ImportedMember member) {
    return new ImportedMember(
        member.host(),
        member.cluster(),
        site,
        member.destination(),
        member.origin(),
        member.backend());
  }

  /** What it says of a host is read, and judged, when it is asked for. */
  private static GlobalPolicy checked(GlobalPolicy policy) {
    policy.services().keySet().forEach(PieceCodec::name);
    return policy;
  }

  private static ImportedMember checked(ImportedMember member) {
    name(member.host());
    name(member.backend().host());
    member.backend().aliases().forEach(PieceCodec::name);
    if (member.destination() instanceof Destination.HostName(var name)) {
      name(name);
    }
    switch (member.backend().check()) {
      case Check.Http(_, var port, var paths) -> {
        port(port);
        paths.forEach(PieceCodec::path);
      }
      case Check.Tcp(var port) -> port(port);
      case Check.Udp(var port) -> port(port);
    }
    return member;
  }

  private static void name(String name) {
    String problem = HostNames.problem(HostNames.normal(name));
    if (problem != null) {
      throw new IllegalArgumentException(words(problem));
    }
  }

  private static void port(int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("no port: " + port + "; allowed: 1 to " + MAX_PORT);
    }
  }

  private static void path(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("no path of a probe: " + words(path));
    }
  }
}
