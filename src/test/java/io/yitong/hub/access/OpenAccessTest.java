package io.yitong.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAccessTest {
  private static final Map<String, String> NO_CLUSTER = Map.of();

  @Test
  void a_hub_that_is_not_told_otherwise_is_closed() {
    assertThat(OpenAccess.decide(Optional.empty(), null, "127.0.0.1", NO_CLUSTER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void the_command_line_opens_a_hub_on_the_loopback_interface(String host) {
    assertThat(OpenAccess.decide(Optional.of("true"), "true", host, NO_CLUSTER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "localhost", "10.0.0.7", "127.0.0.1.example", ""})
  void a_hub_that_others_could_reach_does_not_start(String host) {
    assertThatIllegalStateException()
        .isThrownBy(() -> OpenAccess.decide(Optional.of("true"), "true", host, NO_CLUSTER))
        .withMessageContaining("quarkus.http.host");
  }

  /** A variable of the environment, as the chart's settings are, or a file. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "TRUE", "1"})
  void a_setting_outside_the_command_line_does_not_start(String value) {
    assertThatIllegalStateException()
        .isThrownBy(() -> OpenAccess.decide(Optional.of(value), null, "127.0.0.1", NO_CLUSTER))
        .withMessageContaining("command line");
  }

  @Test
  void two_sources_that_differ_do_not_start() {
    assertThatIllegalStateException()
        .isThrownBy(() -> OpenAccess.decide(Optional.of("false"), "true", "127.0.0.1", NO_CLUSTER));
    assertThatIllegalStateException()
        .isThrownBy(() -> OpenAccess.decide(Optional.empty(), "", "127.0.0.1", NO_CLUSTER));
  }

  @Test
  void a_pod_does_not_start() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                OpenAccess.decide(
                    Optional.of("true"),
                    "true",
                    "127.0.0.1",
                    Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1")))
        .withMessageContaining("cluster");
  }
}
