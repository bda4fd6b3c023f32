package io.yitong.hub.recognition.cds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class OrderSignTest {
  private static final String ORDER_SIGN = "mutual-recognition-order-sign";

  @Inject WriteResources write;
  @Inject AuditRows audit;

  @Test
  void discovery_names_both_services_and_what_they_prefetch() {
    given()
        .get("/cds-services")
        .then()
        .statusCode(200)
        .body("services.hook", hasItems("order-sign", "patient-view"))
        .body("services.id", hasItems(ORDER_SIGN, "mutual-recognition-patient-view"))
        .body("services.prefetch.patient", everyItem(equalTo("Patient/{{context.patientId}}")));
  }

  @Test
  void a_panel_measured_yesterday_elsewhere_is_recommended_in_chinese() {
    // Given
    var scene = Scene.of(write);
    scene.passed();
    scene.liverPanelMeasured();

    // When
    var answer = scene.order("LIVER");

    // Then
    answer
        .then()
        .statusCode(200)
        .body("cards", hasSize(1))
        .body("cards[0].summary", equalTo("肝功能：推荐互认已有结果（川渝HR），可节省 60 元（价格为示例）"))
        .body("cards[0].summary.length()", lessThan(140))
        .body("cards[0].indicator", equalTo("info"))
        .body("cards[0].detail", containsString("邻水县人民医院检验科"))
        .body("cards[0].detail", containsString("| 丙氨酸氨基转移酶 | 50 U/L | 7–40 |"))
        .body("cards[0].detail", containsString(RegionTime.minute(scene.yesterday)))
        .body(
            "cards[0].detail",
            containsString("川渝HR | " + RegionTime.day(scene.yesterday).plusDays(30)))
        .body("cards[0].detail", containsString("Saves CNY 60 (illustrative price)"))
        .body("cards[0].selectionBehavior", equalTo("at-most-one"))
        .body("cards[0].suggestions[0].actions[0].type", equalTo("delete"))
        .body("cards[0].suggestions[0].actions[0].resourceId", equalTo("ServiceRequest/draft-1"))
        .body("cards[0].overrideReasons.code", hasItems("condition-changed", "other"))
        .body("cards[0].links.url", everyItem(containsString("/fhir/Observation/")));
    assertThat(audit.under(scene.number)).containsExactly(scene.hospital.name() + "-his - 0");
  }

  @Test
  void with_the_laboratorys_evidence_lapsed_it_is_not_recommended_and_says_since_when() {
    // Given
    var scene = Scene.of(write);
    var lapsed = RegionTime.day(scene.yesterday).minusDays(10);
    scene.passedUntil(lapsed);
    scene.liverPanelMeasured();

    // When
    var answer = scene.order("LIVER");

    // Then
    answer
        .then()
        .statusCode(200)
        .body("cards", hasSize(1))
        .body("cards[0].summary", startsWith("肝功能：已有结果，不推荐互认"))
        .body("cards[0].summary", containsString("室间质评已于 " + lapsed + " 失效"))
        .body("cards[0].detail", containsString("lapsed on " + lapsed))
        .body("cards[0].suggestions", nullValue());
  }

  @Test
  void a_panel_with_an_analyte_missing_is_not_withdrawn_but_shown() {
    var scene = Scene.of(write);
    scene.passed();
    scene.measured("1742-6", "50", "U/L");

    scene
        .order("LIVER")
        .then()
        .statusCode(200)
        .body("cards[0].suggestions", nullValue())
        .body("cards[0].detail", containsString("| 丙氨酸氨基转移酶 | 50 U/L |"))
        .body("cards[0].detail", containsString("| 天门冬氨酸氨基转移酶 | 未查到 |"));
  }

  @Test
  void nothing_to_say_is_an_empty_list() {
    var scene = Scene.of(write);
    scene.passed();

    scene.order("LIVER").then().statusCode(200).body("cards", empty());
    scene.order("9999-8").then().statusCode(200).body("cards", empty());
  }

  @Test
  void a_sensitive_result_is_answered_as_if_there_were_none() {
    // Given
    var with = Scene.of(write);
    with.passed();
    with.measuredWord("56888-1", "阳性");
    var without = Scene.of(write);
    without.passed();

    // Then
    assertThat(with.order("56888-1").asString()).isEqualTo(without.order("56888-1").asString());
  }

  @Test
  void a_stranger_gets_the_same_refusal_as_for_a_patient_who_does_not_exist() {
    // Given
    var scene = Scene.of(write);

    // When
    var strange = scene.orderSign(scene.stranger, scene.patientHere, "LIVER");
    var missing = scene.orderSign(scene.stranger, "nobody-" + scene.number, "LIVER");

    // Then
    strange.then().statusCode(403);
    assertThat(missing.statusCode()).isEqualTo(403);
    assertThat(missing.asString()).isEqualTo(strange.asString());
    assertThat(audit.under(scene.number))
        .containsExactly(
            scene.stranger.name() + "-his not-permitted 4",
            scene.stranger.name() + "-his not-permitted 4");
  }

  @Test
  void a_patient_who_was_deleted_cannot_be_decided_about() {
    // Given
    var scene = Scene.of(write);
    write.delete(
        new ResourceKey(ResourceType.Encounter, scene.encounterHere),
        Scene.context(scene.hospital));
    write.delete(
        new ResourceKey(ResourceType.Patient, scene.patientHere), Scene.context(scene.hospital));

    // Then
    scene
        .order("LIVER")
        .then()
        .statusCode(412)
        .body("issue[0].expression", hasItems("context.patientId"));
  }

  @Test
  void an_unknown_service_is_not_found() {
    var scene = Scene.of(write);

    scene
        .ask("no-such-service", scene.hospital, scene.orderSignBody(scene.patientHere, "LIVER"))
        .then()
        .statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hook\":\"order-sign\" | \"hook\":\"order-select\" | hook",
        "\"hook\":\"order-sign\" | \"hook\":7 | hook",
        "\"hookInstance\" | \"instance\" | hookInstance",
        "\"userId\" | \"user\" | context.userId",
        "\"patientId\" | \"patient\" | context.patientId",
        "\"draftOrders\" | \"drafts\" | context.draftOrders",
        "\"resourceType\":\"Bundle\" | \"resourceType\":\"List\" | context.draftOrders",
        "\"id\":\"draft-1\" | \"id\":\"\" | context.draftOrders.entry[0].resource.id",
        "\"reference\":\"Patient/ | \"reference\":\"Patient/x | context.draftOrders.entry[0].resource.subject",
        "\"coding\" | \"codings\" | context.draftOrders.entry[0].resource.code.coding"
      })
  void a_malformed_call_is_refused_naming_the_field(String right, String wrong, String field) {
    var scene = Scene.of(write);
    var body = scene.orderSignBody(scene.patientHere, "LIVER").replace(right, wrong);

    scene
        .ask(ORDER_SIGN, scene.hospital, body)
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo(field))
        .body("issue[0].details.text", containsString(field));
  }

  @Test
  void what_is_no_json_is_refused() {
    var scene = Scene.of(write);

    scene.ask(ORDER_SIGN, scene.hospital, "{\"hook\":").then().statusCode(400);
    scene.ask(ORDER_SIGN, scene.hospital, "[]").then().statusCode(400);
  }

  @Test
  void without_a_token_nothing_is_answered() {
    var scene = Scene.of(write);

    given()
        .contentType("application/json")
        .body(scene.orderSignBody(scene.patientHere, "LIVER"))
        .post("/cds-services/" + ORDER_SIGN)
        .then()
        .statusCode(401);
  }

  @Test
  void opening_the_record_shows_what_counts() {
    // Given
    var scene = Scene.of(write);
    scene.passed();
    scene.measured("1742-6", "50", "U/L");
    scene.measured("89579-7", "12", "ng/L");

    // When
    var answer = scene.view();

    // Then
    answer
        .then()
        .statusCode(200)
        .body("cards", hasSize(1))
        .body("cards[0].summary", equalTo("该患者有 1 项可互认结果（川渝HR）"))
        .body("cards[0].detail", containsString("丙氨酸氨基转移酶"))
        .body("cards[0].detail", not(containsString("肌钙蛋白")));
  }
}
