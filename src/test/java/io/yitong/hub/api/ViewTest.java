package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** _summary and _elements: less of each resource, and marked so. */
@QuarkusTest
class ViewTest {
  private static final String NARRATIVE =
      "\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">王瑋</div>\"},";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "_summary=true; resourceType id meta status code subject effectiveDateTime performer valueQuantity component",
        "_summary=text; resourceType id meta text status code",
        "_summary=data; resourceType id meta status category code subject effectiveDateTime performer valueQuantity component note",
        "_elements=subject; resourceType id meta status code subject",
        "_elements=value,note; resourceType id meta status code valueQuantity note",
        "_elements=valueQuantity; resourceType id meta status code valueQuantity",
      })
  void a_read_sends_the_elements_asked_for_and_those_that_must_not_be_missing(
      String query, String expected) {
    var id = storedObservation();
    var answer =
        hospital()
            .get("/fhir/Observation/" + id + "?" + query)
            .then()
            .statusCode(200)
            .body("meta.tag.code", hasItem("SUBSETTED"))
            .header("ETag", "W/\"1\"")
            .extract();

    assertThat(answer.<Map<String, Object>>path("").keySet())
        .isEqualTo(Set.of(expected.split(" ", -1)));
    if (answer.asString().contains("valueQuantity\":")) {
      assertThat(answer.asString()).contains("\"value\":32.0");
    }
  }

  @Test
  void parts_send_what_of_them_belongs_to_the_summary() {
    hospital()
        .get("/fhir/Observation/" + storedObservation() + "?_summary=true")
        .then()
        .body("component[0].code.text", equalTo("part"))
        .body("component[0].referenceRange", nullValue());
  }

  @Test
  void whole_resources_are_not_marked() {
    var id = storedObservation();
    hospital().get("/fhir/Observation/" + id).then().body("meta.tag", nullValue());
    hospital()
        .get("/fhir/Observation/" + id + "?_summary=false")
        .then()
        .body("meta.tag", nullValue());
  }

  @Test
  void searches_histories_and_bundles_send_less_too() {
    var id = storedObservation();
    hospital()
        .get("/fhir/Observation?_id=" + id + "&_include=Observation:subject&_elements=subject,name")
        .then()
        .statusCode(200)
        .body("entry.resource.meta.tag.code.flatten()", everyItem(equalTo("SUBSETTED")))
        .body("entry[0].resource.note", nullValue())
        .body("entry[1].resource.name[0].text", equalTo("王瑋"))
        .body("entry[1].resource.identifier", nullValue());
    hospital()
        .get("/fhir/Observation/" + id + "/_history?_summary=true")
        .then()
        .body("entry[0].resource.note", nullValue());
    hospital()
        .get("/fhir/Observation/" + id + "/_history?_summary=count")
        .then()
        .body("total", is(1))
        .body("entry", nullValue());
    hospital()
        .body(
            "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":{\"method\":\"GET\",\"url\":\"Observation/"
                + id
                + "?_elements=subject\"}}]}")
        .post("/fhir")
        .then()
        .body("entry[0].resource.note", nullValue())
        .body("entry[0].resource.meta.tag[0].code", equalTo("SUBSETTED"));
    hospital()
        .get("/fhir/Observation?_id=" + id + "&_summary=count")
        .then()
        .body("total", is(1))
        .body("entry", nullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "?_summary=some, parameter-invalid",
    "?_summary=count, parameter-invalid",
    "?_summary=true&_elements=code, parameter-invalid",
    "?_elements=colour, parameter-invalid",
    "?_summary=true&_summary=data, parameter-repeated",
    "?colour=red, parameter-unknown",
  })
  void what_a_read_cannot_send_is_refused(String query, String code) {
    hospital()
        .get("/fhir/Observation/" + storedObservation() + query)
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "_summary=text&_include=Observation:subject",
    "_elements=colour",
    "_summary=some",
  })
  void what_a_search_cannot_send_is_refused(String query) {
    hospital().get("/fhir/Observation?" + query).then().statusCode(400);
  }

  private static String storedObservation() {
    var patient = randomId();
    hospital().body(patient(patient)).put("/fhir/Patient/" + patient).then().statusCode(201);
    var id = randomId();
    var whole =
        observation(id, patient)
            .replace("\"status\":\"final\",", NARRATIVE + "\"status\":\"final\",")
            .replace(
                "\"valueQuantity\"",
                "\"note\":[{\"text\":\"复核\"}],\"component\":[{\"code\":{\"text\":\"part\"},\"valueString\":\"x\","
                    + "\"referenceRange\":[{\"text\":\"y\"}]}],\"valueQuantity\"");
    hospital().body(whole).put("/fhir/Observation/" + id).then().statusCode(201);
    return id;
  }
}
