package io.fairlead.policy.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.policy.spec.Location;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances against ones worked out by another formula (Vincenty's, on the sphere). */
class GlobeTest {
  private static Globe at(double... degrees) {
    var points = new ArrayList<Location>();
    for (int i = 0; i < degrees.length; i += 2) {
      points.add(new Location(degrees[i], degrees[i + 1]));
    }
    return Globe.of(points);
  }

  @ParameterizedTest(name = "{4} from {0} {1} to {2} {3}: {5}")
  @CsvSource({
    "0, 179.9, 0, -179.9, 22.2, over the antimeridian",
    "0, 180, 0, -180, 0, the antimeridian has two numbers",
    "45, 170, 45, -170, 1568.5, over the antimeridian in the north",
    "-18.14, 178.44, -13.83, -171.77, 1150.7, Suva to Apia",
    "90, 0, 90, 180, 0, the pole has any longitude",
    "89.9, 0, 89.9, 180, 22.2, over the pole",
    "90, 0, -90, 77, 20015.1, pole to pole",
    "-90, 0, 0, 0, 10007.6, pole to equator",
    "0, 0, 0, 90, 10007.6, a quarter of the equator",
    "0, 0, 0, 180, 20015.1, the antipode",
    "59.91, 10.75, 35.68, 139.69, 8406.3, Oslo to Tokyo over Siberia",
    "64.15, -21.94, 61.22, -149.9, 5418.2, Reykjavik to Anchorage over the Arctic",
    "-54.8, -68.3, -77.85, 166.67, 4801.5, Ushuaia to McMurdo over the Antarctic",
    "1.35, 103.82, -0.23, -78.52, 19726.7, Singapore to Quito",
    "52.52, 13.4, 52.52, 13.4, 0, Berlin to Berlin",
  })
  void distancesAreGreatCircles(
      double lat1, double lon1, double lat2, double lon2, double km, String what) {
    assertThat(at(lat1, lon1).kilometres(0, at(lat2, lon2), 0)).as(what).isCloseTo(km, within(0.1));
    assertThat(at(lat2, lon2).kilometres(0, at(lat1, lon1), 0))
        .as("back")
        .isCloseTo(km, within(0.1));
  }

  /** Sites: Oslo, Dublin, Virginia, Tokyo, Sydney, Quito. */
  @ParameterizedTest(name = "{3}: {2}")
  @CsvSource({
    "52.52,  13.40, 0 1 2, Berlin",
    "40.71, -74.01, 2 5 1, New York",
    "61.22, -149.9, 2 3 0, Anchorage",
    "-36.85, 174.76, 4 3 5, Auckland",
    "-18.14, 178.44, 4 3 5, Suva",
    "21.31, -157.86, 3 2 4, Honolulu",
    "-90, 0, 4 5 3, the South Pole",
    "90, 0, 0 1 2, the North Pole",
    "-33.92, 18.42, 1 0 5, Cape Town",
    "0, -179.99, 4 3 2, the middle of the Pacific",
  })
  void theOrderIsThatOfDistance(double latitude, double longitude, String order, String what) {
    Globe sites =
        at(59.91, 10.75, 53.35, -6.26, 38.95, -77.45, 35.68, 139.69, -33.87, 151.21, -0.23, -78.52);
    Globe client = at(latitude, longitude);
    var found = new ArrayList<String>();
    int site = -1;
    for (int i = 0; i < 3; i++) {
      site = sites.nearest(client, 0, site);
      found.add(Integer.toString(site));
    }
    assertThat(String.join(" ", found)).as(what).isEqualTo(order);
  }

  @Test
  void equalDistancesGoByTheOrderOfTheFileAndEachComesOnce() {
    Globe sites = at(0, 10, 0, -10, 0, 10);
    Globe client = at(0, 0);
    assertThat(sites.nearest(client, 0, -1)).isZero();
    assertThat(sites.nearest(client, 0, 0)).isOne();
    assertThat(sites.nearest(client, 0, 1)).isEqualTo(2);
    assertThat(sites.nearest(client, 0, 2)).isEqualTo(-1);
  }

  @Test
  void anUnknownPlaceIsNobodysNearest() {
    var points = new ArrayList<Location>();
    points.add(null);
    points.add(new Location(0, 180));
    Globe sites = Globe.of(points);
    assertThat(sites.isKnown(0)).isFalse();
    assertThat(sites.nearest(at(0, 0), 0, -1)).isOne();
    assertThat(sites.nearest(at(0, 0), 0, 1)).isEqualTo(-1);
    assertThat(Globe.of(List.of()).nearest(at(0, 0), 0, -1)).isEqualTo(-1);
  }
}
