package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.operation.Ward.admitted;
import static io.yitong.hub.api.operation.Ward.asPartner;
import static io.yitong.hub.api.operation.Ward.condition;
import static io.yitong.hub.api.operation.Ward.practitioner;
import static io.yitong.hub.api.operation.Ward.put;
import static io.yitong.hub.api.operation.Ward.result;
import static io.yitong.hub.api.operation.Ward.vitalSign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.yitong.hub.record.Fixtures;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FetchEverythingTest {

  @Test
  void the_record_of_a_patient_comes_whole_with_what_it_refers_to() {
    var patient = admitted();
    var doctor = put(practitioner());
    var result = result(patient, "ALT", "2026-03-01T07:30:00+08:00");
    result.addPerformer(new Reference(doctor));
    var observation = put(result);
    var condition = put(condition(patient, "2026-02-01"));
    var stranger = put(condition(admitted(), "2026-02-01"));

    var answer = everything(patient, "").extract().jsonPath();

    assertThat(references(answer, "match"))
        .startsWith("Patient/" + patient)
        .contains(observation, condition)
        .doesNotContain(stranger)
        .anyMatch(reference -> reference.startsWith("Encounter/"));
    assertThat(references(answer, "include")).containsExactly(doctor);
    assertThat(answer.getList("link.relation")).containsExactly("self");
  }

  @Test
  void stored_bytes_are_sent_as_they_are() {
    var patient = admitted();
    var stored = hospital().get("/fhir/Patient/" + patient).asString();

    assertThat(hospital().get("/fhir/Patient/" + patient + "/$everything").asString())
        .contains("\"resource\":" + stored + ",");
  }

  @Test
  void what_names_a_patient_second_is_in_its_record_too() {
    var first = admitted();
    var second = admitted();
    var meeting = new Appointment();
    meeting.setId(Fixtures.randomId());
    meeting.setStatus(AppointmentStatus.PROPOSED);
    for (var patient : List.of(first, second)) {
      meeting
          .addParticipant()
          .setActor(new Reference("Patient/" + patient))
          .setStatus(ParticipationStatus.ACCEPTED);
    }
    var appointment = put(meeting);

    for (var patient : List.of(first, second)) {
      assertThat(references(everything(patient, "").extract().jsonPath(), "match"))
          .containsOnlyOnce(appointment);
    }
  }

  @Test
  void pages_neither_repeat_nor_skip_though_others_change() {
    var patient = admitted();
    var all = new ArrayList<String>();
    for (var i = 0; i < 7; i++) {
      all.add(put(result(patient, "T" + i, "2026-03-0" + (i + 1) + "T07:30:00+08:00")));
    }
    var seen = new ArrayList<String>();

    var url = "/fhir/Patient/" + patient + "/$everything?_count=2";
    while (url != null) {
      var page = hospital().get(url).then().statusCode(200).extract().jsonPath();
      assertThat(references(page, "match")).hasSizeLessThanOrEqualTo(2);
      seen.addAll(references(page, "match"));
      if (seen.size() < 6) {
        put(result(patient, "new", "2026-03-09T07:30:00+08:00"));
      }
      var changed = result(patient, "T0", "2026-04-01T07:30:00+08:00");
      changed.setId(all.get(0).substring("Observation/".length()));
      put(changed);
      String next = page.getString("link.find { it.relation == 'next' }?.url");
      url = next == null ? null : next.substring(next.indexOf("/fhir/"));
    }

    assertThat(seen).doesNotHaveDuplicates().containsAll(all).contains("Patient/" + patient);
  }

  @Test
  void types_and_dates_of_care_and_of_storing_narrow_it() {
    var patient = admitted();
    var early = put(result(patient, "ALT", "2026-01-05T07:30:00+08:00"));
    var late = put(result(patient, "ALT", "2026-03-05T07:30:00+08:00"));
    var condition = put(condition(patient, "2026-03-05"));

    assertThat(matches(patient, "?_type=Observation")).containsExactlyInAnyOrder(early, late);
    assertThat(matches(patient, "?_type=Observation,Condition&start=2026-03-01"))
        .containsExactlyInAnyOrder(late, condition);
    assertThat(matches(patient, "?_type=Observation&_type=Condition&end=2026-02"))
        .containsExactly(early);
    assertThat(matches(patient, "?start=2026-03-01")).contains("Patient/" + patient);
    var stored = hospital().get("/fhir/" + condition).jsonPath().getString("meta.lastUpdated");
    assertThat(matches(patient, "?_since=" + stored)).containsExactly(condition);
    assertThat(matches(patient, "?_since=2099-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void whoever_has_no_care_relationship_is_told_nothing() {
    var patient = admitted();

    var refused = fuling().get("/fhir/Patient/" + patient + "/$everything").then().statusCode(403);

    fuling()
        .get("/fhir/Patient/" + Fixtures.randomId() + "/$everything")
        .then()
        .statusCode(403)
        .body("issue", equalTo(refused.extract().path("issue")));
  }

  @Test
  void a_partner_sees_the_agreed_categories_alone() {
    var patient = admitted();
    var agreed = put(result(patient, "ALT", "2026-03-01T07:30:00+08:00"));
    put(vitalSign(patient, "2026-03-01T07:30:00+08:00"));
    put(condition(patient, "2026-03-01"));

    var seen =
        asPartner(
            partner ->
                partner
                    .get("/fhir/Patient/" + patient + "/$everything")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath());

    assertThat(references(seen, "match")).containsExactly(agreed);
    assertThat(references(seen, "include")).isEmpty();
  }

  @Test
  void a_deleted_patient_is_gone() {
    var patient = Fixtures.randomId();
    put(Fixtures.patient(patient));
    hospital().delete("/fhir/Patient/" + patient).then().statusCode(204);

    hospital().get("/fhir/Patient/" + patient + "/$everything").then().statusCode(410);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_count=0",
        "_count=many",
        "_type=Colour",
        "_since=2026-02-30",
        "start=yesterday",
        "_cursor=..",
        "colour=red",
        "_count=1&_count=2"
      })
  void what_is_not_understood_is_refused_by_name(String query) {
    hospital()
        .get("/fhir/Patient/" + admitted() + "/$everything?" + query)
        .then()
        .statusCode(400)
        .body("issue[0].expression", hasSize(1))
        .body("issue[0].expression[0]", equalTo(query.substring(0, query.indexOf('='))));
  }

  private static List<String> matches(String patient, String query) {
    return references(everything(patient, query).extract().jsonPath(), "match");
  }

  private static ValidatableResponse everything(String patient, String query) {
    return hospital()
        .get("/fhir/Patient/" + patient + "/$everything" + query)
        .then()
        .statusCode(200);
  }

  private static List<String> references(JsonPath bundle, String mode) {
    List<String> urls =
        bundle.getList("entry.findAll { it.search.mode == '" + mode + "' }.fullUrl", String.class);
    return urls == null
        ? List.of()
        : urls.stream().map(url -> url.substring(url.indexOf("/fhir/") + 6)).toList();
  }
}
