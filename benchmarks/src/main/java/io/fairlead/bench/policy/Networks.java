package io.fairlead.bench.policy;

import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.GeoFileException;
import io.fairlead.policy.geo.GeoLoader;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Places for many networks, loaded as an operator's file would be. */
final class Networks {
  private static final String[] CONTINENTS = {"EU", "NA", "AS", "AF", "SA", "OC"};
  private static final String[] COUNTRIES = {"DE", "US", "JP", "ZA", "BR", "AU"};

  private Networks() {}

  /** As many /24s from 1.0.0.0 on, neighbours at different places. */
  static GeoData of(int count) {
    try {
      Path file = Files.createTempFile("networks", ".csv");
      try {
        write(file, count);
        return GeoLoader.load(List.of(new GeoDatabaseSpec(file, 1)), GeoAttribute.ALL);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeoFileException e) {
      throw new IllegalStateException("we wrote it", e);
    }
  }

  private static void write(Path file, int count) throws IOException {
    var random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("network,latitude,longitude,continent,country,asn\n");
      for (int i = 0; i < count; i++) {
        int first = address(i);
        int place = random.nextInt(CONTINENTS.length);
        out.write(
            "%d.%d.%d.0/24,%d,%d,%s,%s,%d\n"
                .formatted(
                    first >>> 24,
                    first >>> 16 & 0xff,
                    first >>> 8 & 0xff,
                    random.nextInt(-60, 70),
                    random.nextInt(-180, 180),
                    CONTINENTS[place],
                    COUNTRIES[place],
                    64_500 + random.nextInt(100)));
      }
    }
  }

  /** An address of the n-th network. */
  static int address(int network) {
    return 0x01000000 + (network << 8);
  }
}
