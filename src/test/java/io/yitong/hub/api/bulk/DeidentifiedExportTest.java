package io.yitong.hub.api.bulk;

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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A regulator's and a researcher's {@code $export}: the region, and nobody in it. */
@QuarkusTest
class DeidentifiedExportTest {
  /** Up to its last digit; in the districts asked for no other test has patients of the year. */
  private static final String BIRTH = "1961-06-1";

  private static final int K = 5;
  private static final String NAME = "欧阳澹台";

  private final BulkClient regulator = new BulkClient(DeidentifiedExportTest::regulator);

  private static RequestSpecification regulator() {
    return with(TestIssuer.token("regulator", null, "system/*.rs", "regulator"));
  }

  private static RequestSpecification researcher() {
    return with(TestIssuer.token("university", null, "system/*.rs", "regulator"))
        .header("X-Purpose-Of-Use", "HRESCH");
  }

  @Test
  void the_region_is_given_without_its_persons_and_with_its_links() {
    var ids = class_of(K, "female", "巫溪县");
    var patient = ids.get(0);
    var observation = put("Observation", observation(randomId(), patient, "3.1415"));

    var manifest =
        regulator.manifest(regulator.async().get("/fhir/$export?_type=Patient,Observation"));

    var patients = regulator.lines(manifest, "output", "Patient");
    var observations = regulator.lines(manifest, "output", "Observation");
    var all = Stream.concat(patients.stream(), observations.stream()).toList();
    assertThat(String.join("\n", all))
        .doesNotContain(NAME, "13900139000", "人民路", patient, observation, "chongqing-his");
    var mine = told(patients, "female", "500238");
    assertThat(mine).hasSize(K);
    assertThat(mine).allMatch(line -> line.contains("\"birthDate\":\"1961\""));
    var pseudonyms = mine.stream().map(line -> JsonPath.from(line).getString("id")).toList();
    assertThat(observations)
        .filteredOn(line -> line.contains("3.1415"))
        .singleElement()
        .satisfies(
            line -> {
              var found = JsonPath.from(line);
              assertThat(found.getString("subject.reference").substring("Patient/".length()))
                  .isIn(pseudonyms);
              assertThat(found.getString("effectiveDateTime")).isEqualTo("2026-03");
              assertThat(line).doesNotContain("note", "display");
            });
  }

  @Test
  void a_class_of_fewer_than_k_does_not_leave_as_it_is() {
    class_of(K - 1, "other", "城口县");

    var manifest =
        regulator.manifest(regulator.async().get("/fhir/$export?_type=Patient,Observation"));

    assertThat(told(regulator.lines(manifest, "output", "Patient"), "other", "500229")).isEmpty();
    var report = report(manifest);
    assertThat(report.getInt("requiredK")).isEqualTo(K);
    assertThat(report.getInt("smallestClass")).isGreaterThanOrEqualTo(K);
    assertThat(report.getString("profile")).isEqualTo("yitong.privacy.regulator");
    assertThat(report.getString("version")).isNotEmpty();
    assertThat(report.getInt("persons.madeCoarser") + report.getInt("persons.suppressed"))
        .isGreaterThanOrEqualTo(K - 1);
    List<Integer> sizes = report.getList("classes.persons");
    assertThat(sizes).allMatch(size -> size >= K);
  }

  @Test
  void research_is_another_recipient_with_dates_moved() {
    var ids = class_of(10, "male", "巫山县");
    put("Observation", observation(randomId(), ids.get(0), "2.7182"));
    var research = new BulkClient(DeidentifiedExportTest::researcher);

    var manifest =
        research.manifest(research.async().get("/fhir/$export?_type=Patient,Observation"));

    assertThat(report(research, manifest).getInt("requiredK")).isEqualTo(10);
    var given = told(research.lines(manifest, "output", "Patient"), "male", "500237");
    assertThat(given).hasSize(10).allMatch(line -> line.contains("\"birthDate\":\"1960\""));
    assertThat(research.lines(manifest, "output", "Observation"))
        .filteredOn(line -> line.contains("2.7182"))
        .isNotEmpty()
        .allMatch(line -> line.matches(".*\"effectiveDateTime\":\"202[5-6]-[0-9-]{5}T07:30:00.*"));
    var other = regulator.manifest(regulator.async().get("/fhir/$export?_type=Patient"));
    assertThat(regulator.ids(other, "Patient"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(research.ids(manifest, "Patient"));
  }

  @Test
  void no_part_of_the_region_can_be_asked_for() {
    put("Patient", patient(randomId(), "unknown", "奉节县", 1));
    for (var part :
        List.of(
            "_typeFilter=Patient?name=" + "x",
            "_since=2026-01-01T00:00:00Z",
            "_until=2026-01-01T00:00:00Z")) {
      regulator
          .async()
          .get("/fhir/$export?_type=Patient&" + part)
          .then()
          .statusCode(403)
          .body("issue[0].details.coding[0].code", equalTo("export-not-whole"));
    }
    regulator
        .async()
        .body(BulkClient.parameters("patient", "Patient/1"))
        .post("/fhir/Patient/$export")
        .then()
        .statusCode(403);
    regulator.async().get("/fhir/Group/1/$export").then().statusCode(403);
    with(TestIssuer.token("regulator", null, "system/Patient.rs?gender=male", "regulator"))
        .header("Prefer", "respond-async")
        .get("/fhir/$export?_type=Patient")
        .then()
        .statusCode(403);
    regulator.async().get("/fhir/$export?_type=Practitioner").then().statusCode(403);
    regulator.async().get("/fhir/$export?_type=Patient").then().statusCode(202);
  }

  @Test
  void what_is_exported_without_a_name_is_still_not_read_or_searched() {
    var id = put("Patient", patient(randomId(), "unknown", "奉节县", 1));

    regulator().get("/fhir/Patient/" + id).then().statusCode(403);
    regulator().get("/fhir/Patient?gender=male").then().statusCode(403);
    regulator().get("/fhir/Observation").then().statusCode(403);
    with(TestIssuer.token("regulator", null, "system/Patient.rs", "regulator"))
        .header("Prefer", "respond-async")
        .get("/fhir/$export?_type=Observation")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
  }

  private JsonPath report(JsonPath manifest) {
    return report(regulator, manifest);
  }

  private static JsonPath report(BulkClient client, JsonPath manifest) {
    var lines = client.lines(manifest, "extension.'urn:yitong:bulk:reports'", "k-anonymity");
    assertThat(lines).hasSize(1);
    return JsonPath.from(lines.get(0));
  }

  private static List<String> told(List<String> patients, String sex, String district) {
    return patients.stream()
        .filter(line -> line.contains("\"gender\":\"" + sex + "\""))
        .filter(line -> line.contains("\"district\":\"" + district + "\""))
        .toList();
  }

  private static List<String> class_of(int persons, String sex, String district) {
    var ids = new ArrayList<String>();
    for (var day = 0; day < persons; day++) {
      ids.add(put("Patient", patient(randomId(), sex, district, day)));
    }
    return ids;
  }

  private static String patient(String id, String sex, String district, int day) {
    return """
    {"resourceType":"Patient","id":"%1$s","identifier":[{"system":"%2$s:patient","value":"%1$s"}],
     "name":[{"text":"%3$s%1$s"}],"telecom":[{"system":"phone","value":"13900139000"}],"gender":"%4$s",
     "birthDate":"%5$s%6$d","address":[{"text":"人民路1号","district":"%7$s"}],
     "managingOrganization":{"identifier":{"system":"urn:ietf:rfc:3986","value":"%2$s"}}}
    """
        .formatted(id, Clients.HOSPITAL, NAME, sex, BIRTH, day, district);
  }

  private static String observation(String id, String patient, String value) {
    return Clients.observation(id, patient)
        .replace("\"value\":32.0", "\"value\":" + value)
        .replace(
            "\"coding\":[{\"system\":\"" + Clients.HOSPITAL,
            "\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1742-6\"},{\"system\":\""
                + Clients.HOSPITAL)
        .replace(
            "\"effectiveDateTime\"",
            "\"note\":[{\"text\":\"" + NAME + "\"}],\"effectiveDateTime\"");
  }
}
