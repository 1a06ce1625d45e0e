package io.fairlead.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.Serial;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is installed is what was meant: fields that Kubernetes knows, and names that meet. */
final class DeployTest {
  private static final Path BASE = Path.of("deploy/kustomize/base");

  /** fabric8's types, but strict: a field that Kubernetes does not have is an error, not a rest. */
  static final ObjectMapper STRICT =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Serial private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated any) {
                  return false;
                }
              });

  @Test
  void theServicePointsAtPortsOfTheContainer() throws JsonProcessingException {
    Service service = STRICT.readValue(read("service.yaml"), Service.class);

    assertThat(service.getSpec().getPorts())
        .extracting(ServicePort::getTargetPort)
        .extracting(IntOrString::getStrVal)
        .containsExactlyElementsOf(
            container().getPorts().stream().map(ContainerPort::getName).toList());
  }

  @Test
  void theContainerRunsWhatTheImageHas() throws JsonProcessingException {
    String image = House.read(Path.of("Dockerfile"));

    assertThat(image).contains("/opt/fairlead/healthy");
    assertThat(container().getLivenessProbe().getExec().getCommand())
        .containsExactly("/opt/fairlead/healthy", "/livez");
    assertThat(container().getReadinessProbe().getExec().getCommand())
        .containsExactly("/opt/fairlead/healthy", "/readyz");
    assertThat(image).contains("CMD [\"" + String.join("\", \"", container().getArgs()) + "\"]");
  }

  @ParameterizedTest
  @MethodSource("objects")
  void everyObjectHasOnlyFieldsThatKubernetesHas(String file, Class<?> type)
      throws JsonProcessingException {
    assertThat(STRICT.readValue(read(file), type)).isNotNull();
    assertThat(read("kustomization.yaml")).contains("- " + file);
  }

  static Stream<Arguments> objects() {
    return Stream.of(
        Arguments.of("account.yaml", ServiceAccount.class),
        Arguments.of("deployment.yaml", Deployment.class),
        Arguments.of("service.yaml", Service.class),
        Arguments.of("disruption.yaml", PodDisruptionBudget.class),
        Arguments.of("network-policy.yaml", NetworkPolicy.class));
  }

  @Test
  void aFieldThatKubernetesDoesNotHaveIsSeen() {
    String mistyped = read("deployment.yaml").replace("readOnlyRootFilesystem", "readOnlyRootFs");

    assertThatThrownBy(() -> STRICT.readValue(mistyped, Deployment.class))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("readOnlyRootFs");
  }

  private static Container container() throws JsonProcessingException {
    return STRICT
        .readValue(read("deployment.yaml"), Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst();
  }

  private static String read(String file) {
    return House.read(BASE.resolve(file));
  }
}
