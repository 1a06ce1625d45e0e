package io.fairlead.server.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fairlead.server.state.OperatorOverride.Subject;
import io.fairlead.sync.merge.ClusterMembers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kept state as JSON, field by field: the format is a file's, not that of today's classes. */
final class StateCodec {
  /** The configuration is one string in it, as long as the largest file that is loaded: 64 MiB. */
  private static final int MAX_STRING = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
              .build());

  private StateCodec() {}

  static String encode(KeptState state) {
    ObjectNode root = JSON.createObjectNode();
    root.put("savedAt", state.savedAt().toString());
    root.put("config", state.configText());
    ObjectNode verdicts = root.putObject("verdicts");
    state.verdicts().forEach((target, up) -> verdicts.put(target, up ? "up" : "down"));
    ArrayNode imports = root.putArray("imports");
    state.imports().forEach(members -> ImportsCodec.encode(members, imports.addObject()));
    ArrayNode overrides = root.putArray("overrides");
    state.overrides().forEach(override -> encode(override, overrides.addObject()));
    ObjectNode serials = root.putObject("serials");
    state.serials().forEach(serials::put);
    if (state.guardedSince() != null) {
      root.put("guardedSince", state.guardedSince().toString());
    }
    ArrayNode absences = root.putArray("absences");
    state.absences().forEach((member, absence) -> encode(member, absence, absences.addObject()));
    return root.toPrettyString();
  }

  private static void encode(OperatorOverride override, ObjectNode json) {
    switch (override.subject()) {
      case Subject.Member(var service, var address) ->
          json.put("service", service).put("address", address);
      case Subject.Site(var name) -> json.put("site", name);
    }
    json.put("state", override.state().word());
    json.put("reason", override.reason()).put("since", override.since().toString());
  }

  private static void encode(Subject.Member member, Absence absence, ObjectNode json) {
    json.put("service", member.service()).put("address", member.address());
    json.put("failedAt", absence.failedAt().toString()).put("flaps", absence.flaps());
    if (absence.wellSince() != null) {
      json.put("wellSince", absence.wellSince().toString());
    }
    if (absence.backSince() != null) {
      json.put("backSince", absence.backSince().toString());
    }
    json.put("guarded", absence.guarded());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException where the text is something else
   */
  static KeptState decode(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      return new KeptState(
          Instant.parse(root.required("savedAt").asText()),
          root.required("config").asText(),
          verdicts(root.required("verdicts")),
          imports(root.required("imports")),
          overrides(root.required("overrides")),
          serials(root.required("serials")),
          absences(root.path("absences")),
          instant(root, "guardedSince"));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Map<String, Boolean> verdicts(JsonNode json) {
    var verdicts = new HashMap<String, Boolean>();
    json.forEachEntry((target, verdict) -> verdicts.put(target, verdict.asText().equals("up")));
    return verdicts;
  }

  private static List<ClusterMembers> imports(JsonNode json) {
    var imports = new ArrayList<ClusterMembers>();
    json.forEach(cluster -> imports.add(ImportsCodec.decode(cluster)));
    return imports;
  }

  private static List<OperatorOverride> overrides(JsonNode json) {
    var overrides = new ArrayList<OperatorOverride>();
    for (JsonNode override : json) {
      overrides.add(
          new OperatorOverride(
              override.has("site")
                  ? new Subject.Site(override.get("site").asText())
                  : member(override),
              OperatorOverride.State.valueOf(
                  override.path("state").asText("disable").toUpperCase(Locale.ROOT)),
              override.required("reason").asText(),
              Instant.parse(override.required("since").asText())));
    }
    return overrides;
  }

  private static Subject.Member member(JsonNode json) {
    return new Subject.Member(json.required("service").asText(), json.required("address").asText());
  }

  private static Map<Subject.Member, Absence> absences(JsonNode json) {
    var absences = new HashMap<Subject.Member, Absence>();
    for (JsonNode absence : json) {
      absences.put(
          member(absence),
          new Absence(
              Instant.parse(absence.required("failedAt").asText()),
              absence.required("flaps").asInt(),
              instant(absence, "wellSince"),
              instant(absence, "backSince"),
              absence.path("guarded").asBoolean()));
    }
    return absences;
  }

  private static @Nullable Instant instant(JsonNode json, String key) {
    return json.has(key) ? Instant.parse(json.get(key).asText()) : null;
  }

  private static Map<String, Long> serials(JsonNode json) {
    var serials = new HashMap<String, Long>();
    json.forEachEntry((zone, serial) -> serials.put(zone, serial.asLong()));
    return serials;
  }
}
