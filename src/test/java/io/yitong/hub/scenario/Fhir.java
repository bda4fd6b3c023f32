package io.yitong.hub.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.Region;
import java.net.URI;
import java.util.List;
import java.util.stream.StreamSupport;

/** The FHIR API of one hub process, as the Chongqing university hospital's system uses it. */
record Fhir(ScenarioStack scenario, URI hub) {
  private static final String NUMBERS =
      "urn:yitong:institution:500106-university-hospital:patient|";

  static Fhir chongqing(ScenarioStack scenario) {
    return new Fhir(scenario, scenario.hub(Region.CHONGQING));
  }

  /** The resources a search finds; an error for any other answer. */
  List<JsonNode> search(String query) {
    return search("chongqing-his", query);
  }

  List<JsonNode> search(String client, String query) {
    var answer =
        scenario
            .stack()
            .http()
            .get(URI.create(hub + "/fhir/" + query), scenario.token(Region.CHONGQING, client));
    if (answer.status() != 200) {
      throw new AssertionError("HTTP " + answer.status() + " " + answer.body());
    }
    return StreamSupport.stream(answer.json().path("entry").spliterator(), false)
        .map(entry -> entry.path("resource"))
        .toList();
  }

  List<JsonNode> patients(String number) {
    return search("Patient?identifier=" + Http.encode(NUMBERS + number));
  }

  String givenName(String number) {
    return patients(number).get(0).path("name").path(0).path("given").path(0).asText();
  }

  int versions(String number) {
    return search("Patient/" + patients(number).get(0).path("id").asText() + "/_history?_count=500")
        .size();
  }
}
