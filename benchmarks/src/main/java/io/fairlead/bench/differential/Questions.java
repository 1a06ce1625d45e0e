package io.fairlead.bench.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Questions about a zone, by a seed: of names that exist, that nearly do, and that cannot. */
final class Questions {
  private static final int[] TYPES = {
    Type.A,
    Type.AAAA,
    Type.NS,
    Type.CNAME,
    Type.SOA,
    Type.MX,
    Type.TXT,
    Type.SRV,
    Type.DNAME,
    Type.DS,
    Type.HTTPS,
    Type.PTR,
    Type.CAA,
    Type.RRSIG,
    Type.ANY,
    65280,
    65281
  };

  private static final List<String> LABELS =
      List.of("a", "b", "c", "*", "www", "host", "ns", "sub", "deep", "info", "x", "nope", "_tcp");

  private final Random random;
  private final Name apex;
  private final List<Name> names;

  Questions(Path zone, Name apex, long seed) throws IOException {
    this.random = new Random(seed);
    this.apex = apex;
    Set<Name> found = new LinkedHashSet<>();
    try (var master = new Master(zone.toString(), apex, 300)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        for (Name name = record.getName();
            name.labels() >= apex.labels();
            name = new Name(name, 1)) {
          found.add(name);
        }
      }
    }
    this.names = new ArrayList<>(found);
  }

  Message next() {
    Name name = name();
    int type = TYPES[random.nextInt(TYPES.length)];
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    query.getHeader().unsetFlag(Flags.RD);
    switch (random.nextInt(3)) {
      case 0 -> {}
      case 1 -> query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0), 3);
      default -> query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0, ExtendedFlags.DO), 3);
    }
    return query;
  }

  private Name name() {
    Name known = names.get(random.nextInt(names.size()));
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> known;
      case 3 -> below(known);
      case 4 -> below(below(known));
      case 5 -> known.labels() > apex.labels() ? below(new Name(known, 1)) : below(known);
      case 6 -> shouted(known);
      default -> random.nextInt(20) == 0 ? Name.fromConstantString("elsewhere.test.") : below(apex);
    };
  }

  private Name below(Name name) {
    try {
      return Name.fromString(LABELS.get(random.nextInt(LABELS.size())), name);
    } catch (IOException e) {
      return name; // it has become too long
    }
  }

  private Name shouted(Name name) {
    try {
      return Name.fromString(name.toString().toUpperCase(Locale.ROOT));
    } catch (IOException e) {
      throw new IllegalStateException("the same labels", e);
    }
  }
}
