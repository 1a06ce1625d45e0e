package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.policy.spec.TopologySpec;
import io.fairlead.policy.spec.TopologySpec.Rule;
import io.fairlead.policy.spec.TopologySpec.When;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of {@code topologies}. */
final class TopologySection {
  private static final Key<Section> WHEN =
      Key.otherwise(
          "when", new SectionValue(WhenSection.KEYS), "every client", "which clients it is for");
  private static final Key<List<String>> PREFER =
      Key.otherwise(
          "prefer", ListValue.some(Texts.LABEL), "all sites alike", "sites, the best in front");
  private static final Key<Boolean> STRICT =
      Key.optional(
          "strict", Numbers.TRUE_OR_FALSE, false, "true: these sites or the down response");

  private static final KeyTable RULE_KEYS = KeyTable.of("a rule", WHEN, PREFER, STRICT);

  private static final Key<String> NAME = Key.required("name", Texts.LABEL, "what pools refer to");
  private static final Key<List<Section>> RULES =
      Key.required(
          "rules", ConfigSection.sections(RULE_KEYS, 1), "the first that matches a client wins");

  static final KeyTable KEYS = KeyTable.of("a topology", NAME, RULES);

  private TopologySection() {}

  static void read(Section topology, Declarations declared) {
    var rules = new ArrayList<Rule>();
    int always = -1;
    List<Section> sections = topology.get(RULES);
    for (int i = 0; i < sections.size(); i++) {
      if (always >= 0) {
        topology.error(
            RULES,
            i,
            "this rule can never match, because the one in line %d matches every client"
                .formatted(topology.spot(RULES, always).line()));
      }
      Section rule = sections.get(i);
      Section when = rule.find(WHEN);
      rules.add(rule(rule, when, declared));
      if (always < 0 && rule.isSound(WHEN) && (when == null || WhenSection.isEmpty(when))) {
        always = i;
      }
    }
    declared.topologies().declare(topology, NAME, name -> new TopologySpec(name, rules));
  }

  private static Rule rule(Section rule, @Nullable Section when, Declarations declared) {
    List<String> prefer = rule.get(PREFER);
    declared.sites().referAll(rule, PREFER, prefer);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < prefer.size(); i++) {
      if (!prefer.get(i).isEmpty() && !seen.add(prefer.get(i))) {
        rule.error(PREFER, i, "this site stands in the list already; its first place counts");
      }
    }
    boolean strict = rule.get(STRICT);
    if (strict && !rule.has(PREFER)) {
      rule.error(STRICT, "a strict rule needs prefer: without sites it would answer nobody");
    }
    return new Rule(when == null ? When.ALWAYS : WhenSection.read(when, declared), prefer, strict);
  }
}
