package io.fairlead.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.global.GlobalPolicy;
import io.fairlead.sync.merge.Check;
import io.fairlead.sync.merge.ClusterMembers;
import io.fairlead.sync.merge.Destination;
import io.fairlead.sync.merge.ImportedMember;
import io.fairlead.sync.merge.ImportedMember.Backend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clusters offered, in the kept state and on the way from an agent. */
public final class ImportsCodec {
  private ImportsCodec() {}

  public static void encode(ClusterMembers cluster, ObjectNode json) {
    json.put("cluster", cluster.cluster()).put("at", cluster.at().toString());
    ArrayNode members = json.putArray("members");
    cluster.members().forEach(member -> encode(member, members.addObject()));
    if (cluster.amko() != null) {
      encode(cluster.amko(), json.putObject("amko"));
    }
    if (cluster.global() != null) {
      encode(cluster.global(), json.putObject("global"));
    }
  }

  public static void encode(GlobalPolicy policy, ObjectNode json) {
    ObjectNode services = json.putObject("services");
    policy
        .services()
        .forEach(
            (host, service) -> {
              ObjectNode written =
                  services
                      .putObject(host)
                      .put("namespace", service.namespace())
                      .put("name", service.name())
                      .put("created", service.created())
                      .put("members", service.members())
                      .put("spec", service.spec());
              ObjectNode selector = written.putObject("selector");
              service.selector().forEach(selector::put);
            });
    ObjectNode monitors = json.putObject("monitors");
    policy.monitors().forEach(monitors::put);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static GlobalPolicy global(JsonNode json) {
    Map<String, GlobalPolicy.Service> services = new HashMap<>();
    json.required("services")
        .forEachEntry(
            (host, service) ->
                services.put(
                    host,
                    new GlobalPolicy.Service(
                        service.required("namespace").asText(),
                        service.required("name").asText(),
                        service.required("created").asText(),
                        PolicyCodec.labels(service.required("selector")),
                        service.required("members").asInt(),
                        service.required("spec").asText())));
    return new GlobalPolicy(services, PolicyCodec.labels(json.required("monitors")));
  }

  public static void encode(AmkoPolicy policy, ObjectNode json) {
    PolicyCodec.encode(policy, json);
  }

  public static AmkoPolicy policy(JsonNode json) {
    return PolicyCodec.decode(json);
  }

  public static void encode(ImportedMember member, ObjectNode json) {
    json.put("host", member.host())
        .put("site", member.site())
        .put("address", member.destination().toString())
        .put("namespace", member.origin().namespace())
        .put("kind", member.origin().kind())
        .put("name", member.origin().name())
        .put("probeHost", member.backend().host())
        .put("created", member.backend().created());
    ArrayNode aliases = json.putArray("aliases");
    member.backend().aliases().forEach(aliases::add);
    ObjectNode check = json.putObject("check");
    switch (member.backend().check()) {
      case Check.Http(var tls, var port, var paths) -> {
        ArrayNode written = check.put("port", port).putArray(tls ? "https" : "http");
        paths.forEach(written::add);
      }
      case Check.Tcp(var port) -> check.put("tcp", port);
      case Check.Udp(var port) -> check.put("udp", port);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static ClusterMembers decode(JsonNode json) {
    String context = json.required("cluster").asText();
    var members = new ArrayList<ImportedMember>();
    for (JsonNode member : json.required("members")) {
      members.add(member(context, member));
    }
    JsonNode amko = json.path("amko");
    JsonNode global = json.path("global");
    return new ClusterMembers(
        context,
        members,
        Instant.parse(json.required("at").asText()),
        amko.isMissingNode() ? null : PolicyCodec.decode(amko),
        global.isMissingNode() ? null : global(global));
  }

  /** One member, of the cluster with this context. */
  public static ImportedMember member(String context, JsonNode json) {
    String host = json.required("host").asText();
    return new ImportedMember(
        host,
        context,
        json.required("site").asText(),
        Destination.parse(json.required("address").asText()),
        new ImportedMember.Origin(
            context,
            json.required("namespace").asText(),
            json.required("kind").asText(),
            json.required("name").asText()),
        new Backend(
            json.path("probeHost").asText(host),
            texts(json.path("aliases")),
            check(json.path("check")),
            json.path("created").asText()));
  }

  private static Check check(JsonNode json) {
    if (json.has("tcp")) {
      return new Check.Tcp(json.get("tcp").asInt());
    }
    if (json.has("udp")) {
      return new Check.Udp(json.get("udp").asInt());
    }
    boolean tls = json.has("https");
    return json.has("http") || tls
        ? new Check.Http(
            tls, json.required("port").asInt(), texts(json.path(tls ? "https" : "http")))
        : Check.PLAIN;
  }

  static List<String> texts(JsonNode json) {
    var texts = new ArrayList<String>();
    json.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
