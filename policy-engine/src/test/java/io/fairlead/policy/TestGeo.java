package io.fairlead.policy;

import io.fairlead.policy.geo.GeoAttribute;
import io.fairlead.policy.geo.GeoData;
import io.fairlead.policy.geo.GeoLoader;
import io.fairlead.policy.spec.GeoDatabaseSpec;
import java.nio.file.Files;
import java.util.List;

/** Networks and their places, from lines of CSV. */
public final class TestGeo {
  private TestGeo() {}

  /**
   * Loaded as a file would be.
   *
   * @param lines {@code network,latitude,longitude,continent,country,region,city,asn,tag}
   */
  public static GeoData of(String... lines) throws Exception {
    var file = Files.createTempFile("places", ".csv");
    try {
      Files.writeString(
          file,
          "network,latitude,longitude,continent,country,region,city,asn,tag\n"
              + String.join("\n", lines));
      return GeoLoader.load(List.of(new GeoDatabaseSpec(file, 1)), GeoAttribute.ALL);
    } finally {
      Files.delete(file);
    }
  }
}
