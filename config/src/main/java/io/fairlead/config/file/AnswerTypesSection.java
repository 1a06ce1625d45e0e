package io.fairlead.config.file;

import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Numbers;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.SectionValue;
import io.fairlead.config.file.key.ShortForm;
import io.fairlead.config.file.key.TextValue;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.Value;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.wire.Name;
import io.fairlead.dns.wire.RrType;
import io.fairlead.policy.spec.AnswerTypes;
import io.fairlead.policy.spec.AnswerTypes.Binding;
import io.fairlead.policy.spec.AnswerTypes.Server;
import io.fairlead.policy.spec.PoolSpec;
import java.net.Inet4Address;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code types} of a service: words, and sections where a type has parameters. */
final class AnswerTypesSection {
  /**
   * One of the list.
   *
   * @param binding of HTTPS and SVCB
   * @param server of SRV
   */
  record Told(int type, @Nullable Binding binding, @Nullable Server server) {
    static Told plain(int type) {
      return new Told(type, null, null);
    }
  }

  private static final WordValue<Integer> WORDS =
      WordValue.of("A", RrType.A)
          .or("AAAA", RrType.AAAA)
          .or("HTTPS", RrType.HTTPS)
          .or("SVCB", RrType.SVCB)
          .or("SRV", RrType.SRV);

  private static final Key<Integer> TYPE = Key.required("type", WORDS, "the record type");
  private static final Key<Integer> PRIORITY =
      Key.otherwise(
          "priority",
          Numbers.between(0, 65535),
          "1, of SRV 0",
          "HTTPS, SVCB, SRV: the lowest is preferred");
  private static final Key<Integer> PORT =
      Key.otherwise(
          "port",
          Numbers.between(1, 65535),
          "the scheme's own; SRV needs one",
          "HTTPS, SVCB, SRV: where the service listens");
  private static final Key<List<String>> ALPN =
      Key.otherwise(
          "alpn",
          ListValue.some(
              Texts.matching(
                  "the name of a protocol, such as h2 or h3",
                  "[!-~&&[^,\\\\\"]]{1," + Binding.MAX_ALPN + "}")),
          "none beside the scheme's own",
          "HTTPS, SVCB: the protocols that all members speak, the best in front");
  private static final Key<Boolean> DEFAULT_ALPN =
      Key.optional(
          "defaultAlpn",
          Numbers.TRUE_OR_FALSE,
          true,
          "HTTPS, SVCB; false: the scheme's own protocol is not spoken");
  private static final Key<Boolean> HINTS =
      Key.optional(
          "hints",
          Numbers.TRUE_OR_FALSE,
          true,
          "HTTPS, SVCB: whether the client's A and AAAA are told as ipv4hint and ipv6hint");

  private static final KeyTable KEYS =
      KeyTable.of("a type", TYPE, PRIORITY, PORT, ALPN, DEFAULT_ALPN, HINTS);

  private static final TextValue<Told> WORD =
      new TextValue<>(
          WORDS.allowed(),
          Told.plain(RrType.A),
          AnswerTypesSection::word,
          told -> RrType.text(told.type()));

  static final Value<List<Told>> VALUE =
      ListValue.some(new ShortForm<>(WORD, new SectionValue(KEYS), AnswerTypesSection::section));

  static final List<Told> ADDRESSES = List.of(Told.plain(RrType.A), Told.plain(RrType.AAAA));

  private AnswerTypesSection() {}

  private static Told word(String text) {
    Integer type = WORDS.words().get(text);
    if (type == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no type of a service");
    }
    return switch (type) {
      case RrType.SRV ->
          throw new IllegalArgumentException(
              "SRV needs a port; write { type: SRV, port: 5060 } with yours");
      case RrType.HTTPS, RrType.SVCB ->
          new Told(type, new Binding(type, 1, List.of(), true, Binding.DEFAULT_PORT, true), null);
      default -> Told.plain(type);
    };
  }

  private static Told section(Section section) {
    int type = section.get(TYPE);
    if (!section.isSound(TYPE)) {
      return Told.plain(type);
    }
    return switch (type) {
      case RrType.SRV -> {
        refuseBindingKeys(section, "HTTPS or SVCB");
        if (!section.has(PORT)) {
          section.error(PORT, "SRV needs a port; allowed: " + PORT.value().allowed());
        }
        int priority = Objects.requireNonNullElse(section.find(PRIORITY), 0);
        yield new Told(type, null, new Server(priority, section.get(PORT)));
      }
      case RrType.HTTPS, RrType.SVCB -> new Told(type, binding(section, type), null);
      default -> {
        section.refuse(PRIORITY, "HTTPS, SVCB or SRV");
        section.refuse(PORT, "HTTPS, SVCB or SRV");
        refuseBindingKeys(section, "HTTPS or SVCB");
        yield Told.plain(type);
      }
    };
  }

  private static void refuseBindingKeys(Section section, String owner) {
    section.refuse(ALPN, owner);
    section.refuse(DEFAULT_ALPN, owner);
    section.refuse(HINTS, owner);
  }

  private static Binding binding(Section section, int type) {
    int priority = Objects.requireNonNullElse(section.find(PRIORITY), 1);
    if (priority == 0 && section.isSound(PRIORITY)) {
      section.error(
          PRIORITY, "0 is an alias (RFC 9460 section 2.4.1), which a service is not; from 1 on");
    }
    List<String> alpn = section.get(ALPN);
    boolean defaultAlpn = section.get(DEFAULT_ALPN);
    if (!defaultAlpn && !section.has(ALPN)) {
      section.error(
          DEFAULT_ALPN, "without alpn no protocol would be left; give alpn, or leave this key out");
    }
    Integer port = section.find(PORT);
    return new Binding(
        type,
        priority,
        alpn,
        defaultAlpn || alpn.isEmpty(),
        port == null ? Binding.DEFAULT_PORT : port,
        section.get(HINTS));
  }

  /** Reads the list, and holds it against the service's members. */
  static AnswerTypes read(Section service, Key<List<Told>> key, Name name, List<PoolSpec> pools) {
    List<Told> told = service.get(key);
    Set<Integer> types = new HashSet<>();
    for (int i = 0; i < told.size(); i++) {
      if (!types.add(told.get(i).type())) {
        service.error(key, i, RrType.text(told.get(i).type()) + " stands in the list already");
      }
    }
    if (service.isSound(key) && service.has(key)) {
      new Check(service, key, told, types, pools).run(name);
    }
    return new AnswerTypes(
        types.contains(RrType.A),
        types.contains(RrType.AAAA),
        told.stream().map(Told::binding).filter(Objects::nonNull).toList(),
        told.stream().map(Told::server).filter(Objects::nonNull).findFirst().orElse(null));
  }

  /** What the types of a service and its members ask of each other. */
  private record Check(
      Section service,
      Key<List<Told>> key,
      List<Told> told,
      Set<Integer> types,
      List<PoolSpec> pools) {
    void run(Name name) {
      boolean asksAddresses = types.contains(RrType.A) || types.contains(RrType.AAAA);
      boolean hasAddresses = pools.stream().anyMatch(pool -> !pool.members().isEmpty());
      boolean hasNames = pools.stream().anyMatch(pool -> !pool.names().isEmpty());
      for (int i = 0; i < told.size(); i++) {
        String type = RrType.text(told.get(i).type());
        if (told.get(i).binding() != null && !(asksAddresses && hasAddresses)) {
          service.error(
              key,
              i,
              type + " leads to the service's addresses: it needs A or AAAA, and members with one");
        } else if (told.get(i).server() != null) {
          checkServer(i, name, asksAddresses, hasAddresses, hasNames);
        }
      }
      warnOfSilence(RrType.A, true);
      warnOfSilence(RrType.AAAA, false);
    }

    private void checkServer(
        int item, Name name, boolean asksAddresses, boolean hasAddresses, boolean hasNames) {
      if (hasNames && asksAddresses) {
        service.error(
            key,
            item,
            "members with a hostname are a CNAME for A and AAAA, and beside a CNAME stands nothing"
                + " (RFC 1034 section 3.6.2); leave A and AAAA out, or SRV");
      } else if (hasAddresses && !asksAddresses) {
        service.error(
            key, item, "SRV leads to the service's own name, which needs A or AAAA in this list");
      } else if (hasAddresses && name.isWildcard()) {
        service.error(key, item, "SRV would lead to " + name + ", which is the name of no host");
      }
    }

    private void warnOfSilence(int type, boolean ipv4) {
      boolean matters =
          pools.stream()
              .flatMap(pool -> pool.members().stream())
              .anyMatch(member -> member.address() instanceof Inet4Address == ipv4);
      if (matters && !types.contains(type)) {
        service.warning(
            key,
            "without %s nobody gets the service's IPv%d members"
                .formatted(RrType.text(type), ipv4 ? 4 : 6));
      }
    }
  }
}
