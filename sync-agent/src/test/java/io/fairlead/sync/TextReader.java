package io.fairlead.sync;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.fairlead.sync.field.Addresses;
import io.fairlead.sync.field.Fields;
import io.fairlead.sync.spec.GlobalServiceSpec;
import io.fairlead.sync.spec.GlobalServiceSpec.Member;
import io.fairlead.sync.spec.GlobalServiceSpec.Share;
import io.fairlead.sync.spec.GlobalServiceSpec.Target;
import io.fairlead.sync.spec.PoolAlgorithm;
import io.fairlead.sync.spec.ServiceOptions;
import io.fairlead.sync.spec.SpecReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A reader of the few keys that tests here need; {@code bad} says why it is refused. */
public record TextReader() implements SpecReader {
  @Override
  public GlobalServiceSpec service(String spec) {
    Object tree = tree(spec);
    Map<String, String> selector = new HashMap<>();
    if (Fields.at(tree, "selector") instanceof Map<?, ?> labels) {
      labels.forEach((name, value) -> selector.put((String) name, (String) value));
    }
    Integer ttl = Fields.number(tree, "ttl");
    String algorithm = Fields.text(tree, "algorithm");
    return new GlobalServiceSpec(
        Fields.text(tree, "host"),
        Fields.list(tree, "targetRefs").stream()
            .map(
                target ->
                    new Target(
                        "",
                        Objects.requireNonNullElse(Fields.text(target, "kind"), ""),
                        Objects.requireNonNullElse(Fields.text(target, "name"), "")))
            .toList(),
        Fields.texts(tree, "aliases"),
        selector,
        ttl == null ? null : Duration.ofSeconds(ttl),
        Fields.list(tree, "trafficSplit").stream().map(TextReader::share).toList(),
        Fields.list(tree, "members").stream().map(TextReader::member).toList(),
        algorithm == null ? null : PoolAlgorithm.of(algorithm),
        null,
        Fields.texts(tree, "monitors"),
        ServiceOptions.NONE);
  }

  @Override
  public boolean isHttpMonitor(String spec) {
    return "http".equals(Fields.text(tree(spec), "type"));
  }

  private static Share share(Object share) {
    String address = Fields.text(share, "publicAddress");
    return new Share(
        Objects.requireNonNullElse(Fields.text(share, "cluster"), ""),
        Fields.number(share, "weight"),
        Fields.number(share, "priority"),
        address == null ? null : Addresses.parse(address));
  }

  private static Member member(Object member) {
    return new Member(
        "spare", Objects.requireNonNullElse(Fields.text(member, "address"), ""), 1, 10, null);
  }

  private static Object tree(String spec) {
    Object tree = Serialization.unmarshal(spec, Map.class);
    String bad = Fields.text(tree, "bad");
    if (bad != null) {
      throw new IllegalArgumentException(bad);
    }
    return tree;
  }
}
