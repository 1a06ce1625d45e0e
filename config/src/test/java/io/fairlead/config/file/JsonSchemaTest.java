package io.fairlead.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What loads passes the schema, and what one mistypes does not, by a validator that is not ours.
 */
final class JsonSchemaTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final com.networknt.schema.JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonSchema.text());

  private static Set<ValidationMessage> problems(String yaml) throws IOException {
    return SCHEMA.validate(YAML.readTree(yaml));
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> examples = Files.walk(Path.of("examples"))) {
      return Stream.concat(
          examples.filter(file -> file.toString().endsWith(".yaml")).toList().stream(),
          Stream.of(
              Path.of("../docs/fruit.yaml"),
              Path.of("src/test/resources/io/fairlead/config/file/complete.yaml")))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatLoadsPasses(Path file) throws IOException {
    assertThat(problems(Files.readString(file))).as("%s", file).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: 1             | version: 2
          negativeTtl: 30s       | negativTtl: 30s
          weight: 1              | weight: 0
          weight: 1              | weight: much
          type: http             | type: htttp
          algorithm: round-robin | algorithm: round-robbin
          contact:               | contakt:
          monitors: [            | monitors: { x: [
          """)
  void whatOneMistypesDoesNot(String from, String to) throws IOException {
    String broken = Loads.TWO_SITES.replace(from, to).replace("{ x: [apple]", "{ x: [apple] }");

    assertThat(broken).as("%s stands there", from).isNotEqualTo(Loads.TWO_SITES);
    assertThat(problems(Loads.TWO_SITES)).isEmpty();
    assertThat(problems(broken)).as("%s", to).isNotEmpty();
  }

  @Test
  void editorsAreToldWhatAKeyIsAndWhatHoldsWithoutIt() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(JsonSchema.text());

    assertThat(schema.at("/properties/services/items/properties/ttl/description").asText())
        .contains("how long an answer is cached", "(default: 30s)");
    assertThat(
            schema
                .at(
                    "/properties/services/items/properties/pools/items/properties/members/items"
                        + "/properties/weight/maximum")
                .asInt())
        .isEqualTo(1000);
  }

  @Test
  void theReferenceNamesEveryKeyWithItsPath() {
    assertThat(KeyReference.markdown())
        .contains("| `services[].pools[].members[].weight` |", "a whole number from 1 to 1000")
        .contains("| `zones[].name` |", "**required**")
        .contains("reserved, not supported yet");
  }
}
