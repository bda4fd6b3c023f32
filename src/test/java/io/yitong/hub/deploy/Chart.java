package io.yitong.hub.deploy;

import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart rendered, each document read into its Kubernetes type; a field no type has is an error.
 */
record Chart(String yaml, List<HasMetadata> objects) {
  static final Path FOLDER = Path.of("helm/yitong-hub");

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "apps/v1 Deployment", Deployment.class,
          "v1 Service", Service.class,
          "v1 ConfigMap", ConfigMap.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "networking.k8s.io/v1 Ingress", Ingress.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "monitoring.coreos.com/v1 ServiceMonitor", GenericKubernetesResource.class);

  private static final ObjectMapper LENIENT = new ObjectMapper();
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(withoutRoomForUnknownFields())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static Chart rendered(UnaryOperator<TemplateCommand> values) {
    var yaml =
        values
            .apply(
                new Helm(FOLDER)
                    .template()
                    .withName("hub")
                    .withNamespace("health")
                    .withKubeVersion("1.29.0"))
            .call();
    return new Chart(
        yaml,
        StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
            .map(document -> typed(LENIENT.valueToTree(document)))
            .toList());
  }

  static HasMetadata typed(JsonNode document) {
    var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    var type = TYPES.get(kind);
    if (type == null) {
      throw new IllegalArgumentException("the chart should have no " + kind);
    }
    var mapper = type == GenericKubernetesResource.class ? LENIENT : STRICT;
    try {
      return mapper.treeToValue(document, type);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(kind + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(kind, e);
    }
  }

  <T extends HasMetadata> T the(Class<T> type) {
    return all(type).findFirst().orElseThrow();
  }

  <T extends HasMetadata> Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }

  /** The types keep unknown fields in a map of their own; without it Jackson refuses them. */
  private static AnnotationIntrospector withoutRoomForUnknownFields() {
    return new JacksonAnnotationIntrospector() {
      private static final long serialVersionUID = 1L;

      @Override
      public Boolean hasAnySetter(Annotated annotated) {
        return false;
      }
    };
  }
}
