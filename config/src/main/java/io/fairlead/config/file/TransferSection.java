package io.fairlead.config.file;

import io.fairlead.config.TransferSpec;
import io.fairlead.config.TransferSpec.Services;
import io.fairlead.config.file.key.Addresses;
import io.fairlead.config.file.key.Key;
import io.fairlead.config.file.key.KeyTable;
import io.fairlead.config.file.key.ListValue;
import io.fairlead.config.file.key.Section;
import io.fairlead.config.file.key.Texts;
import io.fairlead.config.file.key.WordValue;
import io.fairlead.dns.transfer.AllowedNetwork;
import io.fairlead.dns.transfer.TransferRules;
import io.fairlead.dns.tsig.TsigAlgorithm;
import io.fairlead.dns.tsig.TsigKey;
import io.fairlead.dns.wire.Name;
import io.fairlead.policy.spec.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code transfers} of a zone. */
final class TransferSection {
  /** A secret of half its hash's length is the least that RFC 2104 section 3 calls safe. */
  private static final int LEAST_SECRET = 16;

  private static final long MOST_SECRET_FILE = 4096;

  private static final Key<Name> KEY_NAME =
      Key.required("name", Texts.DOMAIN_NAME, "what both servers call it");
  private static final Key<TsigAlgorithm> ALGORITHM =
      Key.optional(
          "algorithm",
          WordValue.of("hmac-sha256", TsigAlgorithm.HMAC_SHA256)
              .or("hmac-sha384", TsigAlgorithm.HMAC_SHA384)
              .or("hmac-sha512", TsigAlgorithm.HMAC_SHA512),
          TsigAlgorithm.HMAC_SHA256,
          "how it signs");
  private static final Key<String> SECRET =
      Key.otherwise("secret", Texts.ANY, "that of secretFile", "the secret in Base64");
  private static final Key<Path> SECRET_FILE =
      Key.otherwise(
          "secretFile",
          Texts.PATH,
          "the key secret",
          "a file that holds nothing but the secret in Base64; relative to this file's folder");

  private static final KeyTable TSIG_KEYS =
      KeyTable.of("a TSIG key", KEY_NAME, ALGORITHM, SECRET, SECRET_FILE);

  private static final Key<List<Network>> ALLOW =
      Key.optional(
          "allow",
          ListValue.any(Addresses.NETWORK),
          List.of(),
          "networks of secondaries; with tsigKeys, both must fit");
  private static final Key<List<Section>> KEYS =
      Key.optional(
          "tsigKeys",
          ConfigSection.sections(TSIG_KEYS, 0),
          List.of(),
          "one of which must sign the question; the first signs what notify is sent");
  private static final Key<List<InetSocketAddress>> NOTIFY =
      Key.optional(
          "notify",
          ListValue.any(Addresses.SECONDARY),
          List.of(),
          "secondaries that are told of a new serial");
  private static final Key<Services> SERVICES =
      Key.otherwise(
          "services",
          WordValue.of("exclude", Services.EXCLUDED).or("current", Services.CURRENT),
          "a zone that holds services is refused",
          "exclude: secondaries get the static records alone; current: also what services would"
              + " answer if all members were up");

  static final KeyTable TABLE = KeyTable.of("transfers", ALLOW, KEYS, NOTIFY, SERVICES);

  private TransferSection() {}

  static TransferSpec read(Section transfers, Name apex, LoadContext context) {
    List<AllowedNetwork> allow =
        transfers.get(ALLOW).stream()
            .map(network -> new AllowedNetwork(network.address(), network.prefixLength()))
            .toList();
    var keys = new ArrayList<TsigKey>();
    for (Section section : transfers.get(KEYS)) {
      TsigKey key = key(section, context);
      if (key != null) {
        keys.add(key);
      }
    }
    boolean nobody = !transfers.has(ALLOW) && !transfers.has(KEYS);
    if (nobody && transfers.has(NOTIFY)) {
      transfers.error(
          NOTIFY, "nobody may transfer the zone; say who may, by allow, tsigKeys or both");
    }
    Services services = transfers.find(SERVICES);
    return new TransferSpec(
        apex,
        new TransferRules(allow, keys, transfers.get(NOTIFY)),
        services == null ? Services.REFUSED : services);
  }

  private static @Nullable TsigKey key(Section section, LoadContext context) {
    Name name = section.get(KEY_NAME);
    TsigAlgorithm algorithm = section.get(ALGORITHM);
    if (section.has(SECRET) == section.has(SECRET_FILE)) {
      section.error(KEY_NAME, "a key has either a secret or a secretFile");
      return null;
    }
    Key<?> from = section.has(SECRET) ? SECRET : SECRET_FILE;
    try {
      byte[] secret = Base64.getDecoder().decode(text(section, context).strip());
      if (secret.length >= LEAST_SECRET) {
        return new TsigKey(name, algorithm, secret);
      }
      section.error(
          from,
          "the secret has %d octets; allowed: at least %d".formatted(secret.length, LEAST_SECRET));
    } catch (IllegalArgumentException e) {
      section.error(from, "the secret is not Base64; allowed: such as tsig-keygen prints");
    } catch (IOException e) {
      section.error(from, "cannot read the secret: " + e.getMessage());
    }
    return null;
  }

  private static String text(Section section, LoadContext context) throws IOException {
    String secret = section.find(SECRET);
    Path file = section.find(SECRET_FILE);
    if (file == null) {
      return secret == null ? "" : secret;
    }
    Path path = context.resolve(file);
    context.opening().accept(path);
    if (!Files.isRegularFile(path) || Files.size(path) > MOST_SECRET_FILE) {
      throw new IOException(path.toAbsolutePath() + " is no file of such a size");
    }
    return Files.readString(path);
  }
}
