package io.fairlead.server.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A file that says where clients are is replaced while it is served. */
final class PlacesScenarioTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String YAML =
      """
      version: 1
      node: { stateDirectory: "@STATE@" }
      listen: { udp: ["127.0.0.1:0"], tcp: ["127.0.0.1:0"] }
      admin: { listen: "127.0.0.1:0" }
      geo: { databases: [ { path: places.csv } ] }
      zones:
        - name: gslb.guzware.net
          contact: hostmaster.guzware.net
          nameServers: [ { name: ns1.gslb.guzware.net, addresses: ["127.0.0.1"] } ]
      sites:
        - { name: oslo, location: { latitude: 59.91, longitude: 10.75 } }
        - { name: tokyo, location: { latitude: 35.68, longitude: 139.69 } }
      services:
        - name: near.gslb.guzware.net
          pools:
            - name: main
              algorithm: geo
              members:
                - { site: oslo, address: 192.0.2.1 }
                - { site: tokyo, address: 192.0.2.2 }
      """;
  private static final String IN_OSLO = "network,latitude,longitude\n198.51.100.0/24,60,11\n";
  private static final String IN_TOKYO = "network,latitude,longitude\n198.51.100.0/24,35,139\n";

  @TempDir private Path folder;

  @Test
  void isTakenAtOnceAndADamagedOneIsRefused() throws Exception {
    offer(IN_OSLO);
    try (var server =
        FruitServer.start(folder, YAML.replace("@STATE@", folder.resolve("state").toString()))) {
      assertThat(answer(server)).isEqualTo("192.0.2.1");

      offer(IN_TOKYO);
      Until.isTrue("the new places", SOON, () -> answer(server).equals("192.0.2.2"));

      offer("network,latitude,longitude\n198.51.100.0/24,95,11\n");
      Until.isTrue("said", SOON, () -> server.get("/readyz").body().contains("places.csv:2"));
      assertThat(answer(server)).as("the places before go on").isEqualTo("192.0.2.2");

      offer(IN_OSLO);
      Until.isTrue("mended", SOON, () -> answer(server).equals("192.0.2.1"));
      assertThat(server.get("/readyz").body()).doesNotContain("places.csv");
    }
  }

  private void offer(String csv) throws IOException {
    Path aside = Files.writeString(folder.resolve("aside.csv"), csv);
    Files.move(aside, folder.resolve("places.csv"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String answer(FruitServer server) {
    try {
      Message query =
          Message.newQuery(
              Record.newRecord(Name.fromString("near.gslb.guzware.net."), Type.A, DClass.IN));
      var subnet = new ClientSubnetOption(24, InetAddress.ofLiteral("198.51.100.0"));
      query.addRecord(new OPTRecord(1232, 0, 0, 0, List.of(subnet)), Section.ADDITIONAL);
      return server.ask().udp(query).getSection(Section.ANSWER).getFirst().rdataToString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
