package io.yitong.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.launch.Region;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A client from npm goes through a record's life at a hub as it is shipped. */
class NpmClientIT {
  private final ScenarioStack scenario = ScenarioStack.get();

  @Test
  void every_step_of_the_client_s_scenario_succeeds() {
    var steps =
        NpmClient.run(
            URI.create(scenario.hub(Region.CHONGQING) + "/fhir"),
            scenario.token(Region.CHONGQING, "chongqing-his"),
            "urn:yitong:institution:500106-university-hospital");

    assertThat(steps).hasSize(10).allMatch(step -> step.startsWith("ok "));
  }
}
