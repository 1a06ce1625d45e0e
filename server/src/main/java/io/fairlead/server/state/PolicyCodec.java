package io.fairlead.server.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.sync.amko.AmkoPolicy;
import io.fairlead.sync.amko.AmkoPolicy.HostRule;
import io.fairlead.sync.amko.AmkoPolicy.Settings;
import io.fairlead.sync.amko.AmkoPolicy.Share;
import io.fairlead.sync.amko.AmkoPolicy.ThirdParty;
import io.fairlead.sync.spec.DownResponse;
import io.fairlead.sync.spec.PoolAlgorithm;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What AMKO's objects said, in the kept state; what was not said is not written. */
final class PolicyCodec {
  private PolicyCodec() {}

  static void encode(AmkoPolicy policy, ObjectNode json) {
    json.put("customGlobalFqdn", policy.customGlobalFqdn());
    encode(policy.appSelector(), json.putObject("appSelector"));
    encode(policy.namespaceSelector(), json.putObject("namespaceSelector"));
    ArrayNode clusters = json.putArray("matchClusters");
    policy.matchClusters().stream().sorted().forEach(clusters::add);
    encode(policy.defaults(), json.putObject("defaults"));
    ObjectNode rules = json.putObject("rules");
    policy.rules().forEach((host, rule) -> encode(rule, rules.putObject(host)));
  }

  private static void encode(Map<String, String> labels, ObjectNode json) {
    labels.forEach(json::put);
  }

  private static void encode(HostRule rule, ObjectNode json) {
    encode(rule.settings(), json.putObject("settings"));
    ArrayNode members = json.putArray("thirdParty");
    for (ThirdParty member : rule.thirdParty()) {
      ObjectNode written =
          members
              .addObject()
              .put("site", member.site())
              .put("address", member.address().getHostAddress());
      if (member.publicAddress() != null) {
        written.put("publicAddress", member.publicAddress().getHostAddress());
      }
    }
    ObjectNode addresses = json.putObject("publicAddresses");
    rule.publicAddresses().forEach((cluster, a) -> addresses.put(cluster, a.getHostAddress()));
  }

  private static void encode(Settings settings, ObjectNode json) {
    json.put("from", settings.from());
    if (settings.ttl() != null) {
      json.put("ttl", settings.ttl().toSeconds());
    }
    ArrayNode split = json.putArray("trafficSplit");
    for (Share share : settings.trafficSplit()) {
      split
          .addObject()
          .put("cluster", share.cluster())
          .put("weight", share.weight())
          .put("priority", share.priority());
    }
    ArrayNode monitors = json.putArray("monitors");
    settings.monitorRefs().forEach(monitors::add);
    json.put("template", settings.monitorTemplate());
    if (settings.algorithm() != null) {
      encode(settings.algorithm(), json.putObject("algorithm"));
    }
    DownResponse down = settings.downResponse();
    if (down != null) {
      ObjectNode written = json.putObject("downResponse").put("type", down.type());
      if (down.fallback() != null) {
        written.put("fallback", down.fallback().getHostAddress());
      }
    }
    json.put("controlPlaneHmOnly", settings.controlPlaneHmOnly());
  }

  private static void encode(PoolAlgorithm algorithm, ObjectNode json) {
    json.put("name", algorithm.name()).put("hashMask", algorithm.hashMask());
    if (algorithm.fallback() != null) {
      encode(algorithm.fallback(), json.putObject("fallback"));
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where it is something else
   */
  static AmkoPolicy decode(JsonNode json) {
    var rules = new HashMap<String, HostRule>();
    json.required("rules").forEachEntry((host, rule) -> rules.put(host, rule(rule)));
    return new AmkoPolicy(
        json.required("customGlobalFqdn").asBoolean(),
        labels(json.required("appSelector")),
        labels(json.required("namespaceSelector")),
        Set.copyOf(ImportsCodec.texts(json.required("matchClusters"))),
        settings(json.required("defaults")),
        rules);
  }

  static Map<String, String> labels(JsonNode json) {
    var labels = new HashMap<String, String>();
    json.forEachEntry((name, value) -> labels.put(name, value.asText()));
    return labels;
  }

  private static HostRule rule(JsonNode json) {
    var thirdParty = new ArrayList<ThirdParty>();
    for (JsonNode member : json.required("thirdParty")) {
      thirdParty.add(
          new ThirdParty(
              member.required("site").asText(),
              InetAddress.ofLiteral(member.required("address").asText()),
              address(member.path("publicAddress"))));
    }
    var addresses = new HashMap<String, InetAddress>();
    json.required("publicAddresses")
        .forEachEntry(
            (cluster, text) -> addresses.put(cluster, InetAddress.ofLiteral(text.asText())));
    return new HostRule(settings(json.required("settings")), thirdParty, addresses);
  }

  private static Settings settings(JsonNode json) {
    List<Share> split = new ArrayList<>();
    for (JsonNode share : json.required("trafficSplit")) {
      split.add(
          new Share(
              share.required("cluster").asText(),
              number(share.path("weight")),
              number(share.path("priority"))));
    }
    JsonNode algorithm = json.path("algorithm");
    JsonNode down = json.path("downResponse");
    JsonNode unprobed = json.path("controlPlaneHmOnly");
    Integer ttl = number(json.path("ttl"));
    return new Settings(
        json.path("from").asText(),
        ttl == null ? null : Duration.ofSeconds(ttl),
        split,
        ImportsCodec.texts(json.required("monitors")),
        json.path("template").asText(null),
        algorithm.isObject() ? algorithm(algorithm) : null,
        down.isObject()
            ? new DownResponse(down.required("type").asText(), address(down.path("fallback")))
            : null,
        unprobed.isBoolean() ? Boolean.valueOf(unprobed.asBoolean()) : null);
  }

  private static PoolAlgorithm algorithm(JsonNode json) {
    JsonNode fallback = json.path("fallback");
    return new PoolAlgorithm(
        json.required("name").asText(),
        number(json.path("hashMask")),
        fallback.isObject() ? algorithm(fallback) : null);
  }

  private static @Nullable Integer number(JsonNode json) {
    return json.isNumber() ? Integer.valueOf(json.asInt()) : null;
  }

  private static @Nullable InetAddress address(JsonNode json) {
    return json.isTextual() ? InetAddress.ofLiteral(json.asText()) : null;
  }
}
