package io.yitong.hub.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HelmChartTest {
  private static final Chart DEFAULTS = Chart.rendered(values -> values);
  private static final Chart LINSHUI =
      Chart.rendered(values -> values.withValuesFile(Path.of("helm/examples/linshui.yaml")));

  @Test
  void the_chart_has_no_lint() {
    var result = new Helm(Chart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @Test
  void a_field_that_kubernetes_does_not_know_is_found() {
    var document =
        JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Service");
    document.putObject("spec").put("tpye", "ClusterIP");

    assertThatThrownBy(() -> Chart.typed(document)).hasMessageContaining("tpye");
  }

  @Test
  void two_replicas_run_and_one_always_stays() {
    var deployment = DEFAULTS.the(Deployment.class).getSpec();

    assertThat(deployment.getReplicas()).isEqualTo(2);
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(DEFAULTS.the(PodDisruptionBudget.class).getSpec().getMinAvailable().getIntVal())
        .isEqualTo(1);
    assertThat(pod(DEFAULTS).getTopologySpreadConstraints()).hasSize(2);
  }

  @Test
  void every_object_selects_the_pods_of_the_deployment() {
    var labels = LINSHUI.the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();

    assertThat(labels)
        .containsAllEntriesOf(
            LINSHUI.the(Deployment.class).getSpec().getSelector().getMatchLabels())
        .containsAllEntriesOf(
            LINSHUI.the(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .containsAllEntriesOf(
            LINSHUI.the(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels());
    assertThat(LINSHUI.all(Service.class))
        .hasSize(2)
        .allSatisfy(
            service -> assertThat(labels).containsAllEntriesOf(service.getSpec().getSelector()));
  }

  @Test
  void the_hub_is_probed_at_its_health_endpoints() {
    var hub = hub(DEFAULTS);

    assertThat(path(hub.getLivenessProbe())).isEqualTo("/q/health/live");
    assertThat(path(hub.getReadinessProbe())).isEqualTo("/q/health/ready");
    assertThat(path(hub.getStartupProbe())).isEqualTo("/q/health/started");
  }

  @Test
  void it_has_resources_and_no_more_rights_than_it_needs() {
    var hub = hub(DEFAULTS);

    assertThat(hub.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(hub.getResources().getLimits()).containsKey("memory");
    assertThat(pod(DEFAULTS).getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod(DEFAULTS).getSecurityContext().getSeccompProfile().getType())
        .isEqualTo("RuntimeDefault");
    assertThat(hub.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(hub.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(hub.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void it_is_given_no_token_of_the_cluster() {
    assertThat(pod(DEFAULTS).getAutomountServiceAccountToken()).isFalse();
    assertThat(DEFAULTS.the(ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(pod(DEFAULTS).getServiceAccountName())
        .isEqualTo(DEFAULTS.the(ServiceAccount.class).getMetadata().getName());
  }

  @Test
  void what_it_writes_has_a_place_on_its_read_only_disk() {
    assertThat(hub(DEFAULTS).getVolumeMounts())
        .filteredOn(mount -> mount.getReadOnly() == null)
        .extracting("mountPath")
        .containsExactlyInAnyOrder(
            "/tmp",
            value(DEFAULTS, "YITONG_INBOX"),
            value(DEFAULTS, "YITONG_BULK_FOLDER"),
            value(DEFAULTS, "YITONG_AUDIT_CHECKPOINTS"));
    assertThat(pod(LINSHUI).getVolumes())
        .anySatisfy(
            volume ->
                assertThat(volume.getPersistentVolumeClaim())
                    .hasFieldOrPropertyWithValue("claimName", "linshui-inbox"));
  }

  @Test
  void secrets_are_named_and_never_written() {
    assertThat(hub(DEFAULTS).getEnv())
        .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|SECRET).*"))
        .hasSize(2)
        .allSatisfy(
            variable -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isNotBlank();
            });
    assertThat(LINSHUI.yaml()).doesNotContain("kind: Secret");
    assertThatThrownBy(() -> Chart.rendered(set("settings.YITONG_DB_PASSWORD", "hunter2")))
        .hasMessageContaining("settings");
  }

  @Test
  void access_checks_cannot_be_switched_off() {
    assertThatThrownBy(() -> Chart.rendered(set("settings.YITONG_BENCHMARK_OPEN_ACCESS", "true")))
        .hasMessageContaining("settings");
    assertThatThrownBy(() -> Chart.rendered(set("settings.JAVA_TOOL_OPTIONS", "-Dx=y")))
        .hasMessageContaining("JAVA_TOOL_OPTIONS");
  }

  @Test
  void the_exchange_key_is_a_file_the_hub_can_read() {
    var mount =
        hub(DEFAULTS).getVolumeMounts().stream()
            .filter(volume -> volume.getName().equals("exchange-key"))
            .findFirst()
            .orElseThrow();

    assertThat(value(DEFAULTS, "YITONG_EXCHANGE_KEY")).isEqualTo(mount.getMountPath() + "/key.pem");
    assertThat(mount.getReadOnly()).isTrue();
    assertThat(pod(DEFAULTS).getVolumes())
        .anySatisfy(
            volume ->
                assertThat(volume.getSecret())
                    .hasFieldOrPropertyWithValue("secretName", "yitong-exchange-key")
                    .hasFieldOrPropertyWithValue("defaultMode", 0440));
  }

  @Test
  void the_audit_key_is_a_file_too_and_the_checkpoints_have_a_place() {
    assertThat(value(DEFAULTS, "YITONG_AUDIT_KEY")).isEqualTo("/etc/yitong/audit/key.pem");
    assertThat(hub(DEFAULTS).getVolumeMounts())
        .anyMatch(mount -> mount.getMountPath().equals("/etc/yitong/audit") && mount.getReadOnly())
        .anyMatch(
            mount -> mount.getMountPath().equals(value(DEFAULTS, "YITONG_AUDIT_CHECKPOINTS")));
  }

  @Test
  void every_setting_it_passes_is_one_the_hub_reads() throws IOException {
    var configuration = Files.readString(Path.of("src/main/resources/application.yaml"));
    var known =
        Pattern.compile("\\$\\{(YITONG_[A-Z_]+)")
            .matcher(configuration)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(hub(LINSHUI).getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
    assertThat(known).containsAll(hub(LINSHUI).getEnv().stream().map(EnvVar::getName).toList());
  }

  @Test
  void every_feed_has_its_port() {
    var feeds =
        LINSHUI
            .all(Service.class)
            .filter(service -> service.getMetadata().getName().endsWith("-feeds"))
            .findFirst()
            .orElseThrow();

    assertThat(feeds.getSpec().getType()).isEqualTo("LoadBalancer");
    assertThat(feeds.getSpec().getPorts())
        .extracting(ServicePort::getPort)
        .containsExactly(2575, 2576);
    assertThat(hub(LINSHUI).getPorts())
        .extracting("containerPort")
        .containsExactly(8080, 2575, 2576);
    assertThat(LINSHUI.the(NetworkPolicy.class).getSpec().getIngress().get(1).getPorts())
        .hasSize(2);
    assertThat(DEFAULTS.all(Service.class)).hasSize(1);
  }

  @Test
  void the_institutions_are_files_beside_the_routes() {
    var files = LINSHUI.the(ConfigMap.class);

    assertThat(files.getData()).containsOnlyKeys("511623-people-hospital.yaml");
    assertThat(pod(LINSHUI).getVolumes())
        .anySatisfy(
            volume ->
                assertThat(volume.getConfigMap())
                    .hasFieldOrPropertyWithValue("name", files.getMetadata().getName()));
    assertThat(DEFAULTS.all(ConfigMap.class)).isEmpty();
  }

  @Test
  void they_stand_where_the_image_has_its_routes() throws IOException {
    var home =
        Pattern.compile("<image.home>(.*)</image.home>")
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .findFirst()
            .orElseThrow();

    assertThat(hub(LINSHUI).getVolumeMounts())
        .extracting("mountPath")
        .contains(home + "/camel-routes/institutions");
  }

  @Test
  void a_change_of_an_institution_starts_new_pods() {
    var changed =
        Chart.rendered(
            values ->
                set("institutions.511623-trial-sender\\.yaml", "hub: linshui")
                    .apply(values.withValuesFile(Path.of("helm/examples/linshui.yaml"))));

    assertThat(annotations(changed)).isNotEqualTo(annotations(LINSHUI));
  }

  @Test
  void the_world_reaches_neither_health_nor_metrics() {
    assertThat(LINSHUI.the(Ingress.class).getSpec().getRules().get(0).getHttp().getPaths())
        .isNotEmpty()
        .allSatisfy(path -> assertThat("/q/metrics").doesNotStartWith(path.getPath()));
    assertThat(DEFAULTS.all(Ingress.class)).isEmpty();
  }

  @Test
  void prometheus_is_told_only_when_asked() {
    assertThat(LINSHUI.all(GenericKubernetesResource.class)).hasSize(1);
    assertThat(DEFAULTS.all(GenericKubernetesResource.class)).isEmpty();
  }

  @Test
  void values_that_cannot_be_meant_are_refused() {
    assertThatThrownBy(() -> Chart.rendered(set("hub.region", "Chongqing")))
        .hasMessageContaining("region");
    assertThatThrownBy(() -> Chart.rendered(set("database.url", "postgresql:5432")))
        .hasMessageContaining("url");
    assertThatThrownBy(() -> Chart.rendered(set("replicsa", "3"))).hasMessageContaining("replicsa");
  }

  private static UnaryOperator<TemplateCommand> set(String key, String value) {
    return values -> values.set(key, value);
  }

  private static PodSpec pod(Chart chart) {
    return chart.the(Deployment.class).getSpec().getTemplate().getSpec();
  }

  private static Container hub(Chart chart) {
    return pod(chart).getContainers().get(0);
  }

  private static Object annotations(Chart chart) {
    return chart.the(Deployment.class).getSpec().getTemplate().getMetadata().getAnnotations();
  }

  private static String path(Probe probe) {
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    return probe.getHttpGet().getPath();
  }

  private static String value(Chart chart, String variable) {
    return hub(chart).getEnv().stream()
        .filter(env -> env.getName().equals(variable))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }
}
