package io.yitong.hub.oversight.aggregate;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Counts for a regulator, none of few persons. */
@QuarkusTest
class AggregateOperationTest {
  private static RequestSpecification regulator() {
    return with(TestIssuer.token("regulator", null, "system/*.rs", "regulator"));
  }

  @Test
  void persons_are_counted_by_sex_and_district_and_few_are_withheld() {
    var code = randomId();
    for (var i = 0; i < 11; i++) {
      observed(code, "female", "巫溪县", "2024-03-05");
    }
    for (var i = 0; i < 6; i++) {
      observed(code, "male", "巫溪县", "2024-03-05");
    }
    for (var i = 0; i < 2; i++) {
      observed(code, "male", "城口县", "2024-03-05");
    }

    assertThat(cells(code, "sex")).containsOnly(Map.entry("female", 10), Map.entry("male", 10));
    assertThat(cells(code, "district")).isEmpty();
    // Told of one cell, the others would follow from what is told by sex.
    assertThat(cells(code, "sex,district")).isEmpty();
    var answer = asked(code, "sex,district");
    assertThat(answer.getBoolean("parameter.find { it.name == 'withheld' }.valueBoolean")).isTrue();
  }

  @Test
  void who_is_counted_twice_is_one_person_of_two_resources() {
    var code = randomId();
    for (var i = 0; i < 5; i++) {
      var patient = observed(code, "female", "巫溪县", "2024-05-05");
      put("Observation", observation(code, patient, "2024-05-09"));
    }
    var few = randomId();
    for (var i = 0; i < 4; i++) {
      put(
          "Observation",
          observation(few, observed(few, "male", "巫溪县", "2024-05-05"), "2024-06-01"));
    }

    var answer = asked(code, "month,sex");

    var cell = "parameter.find { it.name == 'cell' }.part.find { it.name == '%s' }.valueInteger";
    assertThat(answer.getInt(cell.formatted("persons"))).isEqualTo(5);
    assertThat(answer.getInt(cell.formatted("resources"))).isEqualTo(10);
    assertThat(cells(few, "sex")).isEmpty();
  }

  @Test
  void another_year_is_another_table() {
    var code = randomId();
    for (var i = 0; i < 5; i++) {
      observed(code, "female", "巫溪县", "2023-12-31");
    }

    assertThat(cells(code, "sex")).isEmpty();
    var last = asked("Observation?by=sex&year=2023&code=urn:x:test%7C" + code);
    assertThat(cells(last)).containsOnly(Map.entry("female", 5));
  }

  @Test
  void what_could_be_cut_to_a_person_cannot_be_asked() {
    for (var question :
        List.of(
            "Observation/$aggregate?by=sex&code=http://loinc.org%7C1-1",
            "Observation/$aggregate?by=sex&year=2024",
            "Observation/$aggregate?by=sex&year=2024&code=1-1",
            "Observation/$aggregate?by=sex&year=2024&code=http://loinc.org%7C1-1,http://loinc.org%7C2-2",
            "Observation/$aggregate?by=sex&year=2024-03&code=http://loinc.org%7C1-1",
            "Observation/$aggregate?year=2024&code=http://loinc.org%7C1-1",
            "Observation/$aggregate?by=name&year=2024&code=http://loinc.org%7C1-1",
            "Observation/$aggregate?by=sex,age,district,month&year=2024&code=http://loinc.org%7C1-1",
            "Observation/$aggregate?by=sex&year=2024&code=http://loinc.org%7C1-1&patient=1",
            "Patient/$aggregate?by=month",
            "Patient/$aggregate?by=sex&year=2024")) {
      regulator().get("/fhir/" + question.replace("://", "%3A%2F%2F")).then().statusCode(400);
    }
    regulator().get("/fhir/Patient/$aggregate?by=sex").then().statusCode(200);
    regulator().get("/fhir/Encounter/$aggregate?by=sex,age,month&year=2024").then().statusCode(200);
  }

  @Test
  void only_a_regulator_whose_scopes_open_patients_asks() {
    var question = "/fhir/Observation/$aggregate?by=sex&year=2024&code=http://loinc.org%7C1-1";
    regulator().get(question).then().statusCode(200);
    hospital().get(question).then().statusCode(403);
    with(TestIssuer.token("regulator", null, "system/Observation.rs", "regulator"))
        .get(question)
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
    with(TestIssuer.token("regulator", null, "system/Patient.rs", "regulator"))
        .get(question)
        .then()
        .statusCode(403);
  }

  private static JsonPath asked(String code, String by) {
    return asked("Observation?by=" + by + "&year=2024&code=urn:x:test%7C" + code);
  }

  private static JsonPath asked(String question) {
    var answer = regulator().get("/fhir/" + question.replace("?", "/$aggregate?"));
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath();
  }

  private static Map<String, Integer> cells(String code, String by) {
    return cells(asked(code, by));
  }

  /** Persons by the values of the cell. */
  private static Map<String, Integer> cells(JsonPath answer) {
    var cells = new TreeMap<String, Integer>();
    List<List<Map<String, Object>>> parts =
        answer.getList("parameter.findAll { it.name == 'cell' }.part");
    for (var cell : parts) {
      var values =
          cell.stream()
              .filter(part -> part.containsKey("valueString"))
              .map(part -> String.valueOf(part.get("valueString")))
              .toList();
      cell.stream()
          .filter(part -> part.get("name").equals("persons"))
          .forEach(part -> cells.put(String.join(" ", values), (Integer) part.get("valueInteger")));
    }
    return cells;
  }

  private static String observed(String code, String sex, String district, String day) {
    var id = randomId();
    put(
        "Patient",
        Clients.patient(id)
            .replace(
                "\"active\"",
                "\"gender\":\"%s\",\"birthDate\":\"1971-01-01\",\"address\":[{\"district\":\"%s\"}],\"active\""
                    .formatted(sex, district)));
    put("Observation", observation(code, id, day));
    return id;
  }

  private static String observation(String code, String patient, String day) {
    return Clients.observation(randomId(), patient)
        .replace(
            "\"coding\":[{\"system\":\"" + Clients.HOSPITAL,
            "\"coding\":[{\"system\":\"urn:x:test\",\"code\":\"%s\"},{\"system\":\"".formatted(code)
                + Clients.HOSPITAL)
        .replace("2026-03-01", day);
  }
}
