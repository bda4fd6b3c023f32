package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.operation.Ward.admitted;
import static io.yitong.hub.api.operation.Ward.asPartner;
import static io.yitong.hub.api.operation.Ward.put;
import static io.yitong.hub.api.operation.Ward.result;
import static io.yitong.hub.api.operation.Ward.vitalSign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.record.Fixtures;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FindLastObservationsTest {
  private static final String CODES = Fixtures.HOSPITAL.numberSystem("lab-code");

  @Test
  void the_newest_of_each_code_come_newest_first() {
    var patient = admitted();
    put(result(patient, "ALT", "2026-01-01T07:30:00+08:00"));
    var alt2 = put(result(patient, "ALT", "2026-01-02T07:30:00+08:00"));
    var alt3 = put(result(patient, "ALT", "2026-01-03T07:30:00+08:00"));
    var ast = put(result(patient, "AST", "2026-01-02T19:30:00+08:00"));
    put(vitalSign(patient, "2026-01-05T07:30:00+08:00"));

    assertThat(last(patient, "category=laboratory&max=2")).containsExactly(alt3, ast, alt2);
    assertThat(last(patient, "category=laboratory")).containsExactly(alt3, ast);
    assertThat(last(patient, "code=ALT&max=1")).containsExactly(alt3);
    assertThat(last(patient, "category=laboratory&date=lt2026-01-02T12:00:00%2B08:00"))
        .containsExactly(alt2);
  }

  @Test
  void translations_make_one_group_though_no_two_share_every_code() {
    var patient = admitted();
    put(coded(patient, "2026-01-01T07:30:00+08:00", "A"));
    put(coded(patient, "2026-01-02T07:30:00+08:00", "B"));
    var both = put(coded(patient, "2026-01-03T07:30:00+08:00", "A", "B"));
    var other = put(coded(patient, "2026-01-01T07:30:00+08:00", "C"));

    assertThat(last(patient, "category=laboratory")).containsExactly(both, other);
  }

  @Test
  void codes_that_are_text_only_are_grouped_by_the_text() {
    var patient = admitted();
    var texts =
        List.of("textM", "Text", "t e x t").stream()
            .map(
                text -> {
                  var observation = vitalSign(patient, "2026-01-01T07:30:00+08:00");
                  observation.getCode().setCoding(List.of()).setText(text);
                  return put(observation);
                })
            .toList();

    assertThat(last(patient, "category=vital-signs")).containsExactlyInAnyOrderElementsOf(texts);
  }

  @Test
  void those_of_the_same_time_as_the_last_come_too() {
    var patient = admitted();
    var newest = put(result(patient, "ALT", "2026-01-03T07:30:00+08:00"));
    var one = put(result(patient, "ALT", "2026-01-02T07:30:00+08:00"));
    var tie = put(result(patient, "ALT", "2026-01-01T23:30:00Z"));
    put(result(patient, "ALT", "2026-01-01T07:30:00+08:00"));

    assertThat(last(patient, "category=laboratory&max=2"))
        .containsExactlyInAnyOrder(newest, one, tie);
  }

  @Test
  void who_has_no_care_relationship_and_who_asks_of_nobody_get_an_empty_answer() {
    var patient = admitted();
    put(result(patient, "ALT", "2026-01-03T07:30:00+08:00"));

    assertThat(last(fuling(), patient, "category=laboratory")).isEmpty();
    assertThat(last(hospital(), Fixtures.randomId(), "category=laboratory")).isEmpty();
  }

  @Test
  void a_partner_sees_the_agreed_categories_alone() {
    var patient = admitted();
    var agreed = put(result(patient, "ALT", "2026-01-03T07:30:00+08:00"));
    put(vitalSign(patient, "2026-01-05T07:30:00+08:00"));

    var told = asPartner(partner -> last(partner, patient, "category=laboratory,vital-signs"));

    assertThat(told).containsExactly(agreed);
  }

  @ParameterizedTest
  @CsvSource({
    "category=laboratory, patient",
    "patient=p, category",
    "patient=p&code=ALT&max=0, max",
    "patient=p&code=ALT&_sort=date, _sort",
    "patient=p&code=ALT&_count=5, _count",
    "patient=p&code=ALT&colour=red, colour",
  })
  void what_is_missing_or_not_understood_is_refused_by_name(String query, String name) {
    hospital()
        .get("/fhir/Observation/$lastn?" + query)
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo(name));
  }

  private static Observation coded(String patient, String time, String... codes) {
    var observation = result(patient, codes[0], time);
    for (var i = 1; i < codes.length; i++) {
      observation.getCode().addCoding(new Coding(CODES, codes[i], null));
    }
    return observation;
  }

  private static List<String> last(String patient, String query) {
    return last(hospital(), patient, query);
  }

  private static List<String> last(RequestSpecification client, String patient, String query) {
    List<String> urls =
        client
            .get("/fhir/Observation/$lastn?patient=" + patient + "&" + query)
            .then()
            .statusCode(200)
            .body("resourceType", equalTo("Bundle"))
            .extract()
            .path("entry.fullUrl");
    return urls == null
        ? List.of()
        : urls.stream().map(url -> url.substring(url.indexOf("/fhir/") + 6)).toList();
  }
}
