package io.yitong.hub.recognition.cds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.recognition.books.Tally;
import io.yitong.hub.recognition.books.TallyRecognition;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FeedbackTest {
  @Inject WriteResources write;
  @Inject SearchRecord record;
  @Inject TallyRecognition tally;

  private final Instant start = Instant.now();
  private Scene scene;

  @BeforeEach
  void a_liver_panel_measured_yesterday() {
    scene = Scene.of(write);
    scene.passed();
    scene.liverPanelMeasured();
  }

  @Test
  void accepting_withdraws_the_order_and_links_it_to_every_source() {
    // Given
    var card = prompted("LIVER");

    // When
    scene.accept(scene.hospital, card).then().statusCode(200);

    // Then
    assertThat(orders())
        .singleElement()
        .satisfies(
            order -> {
              assertThat(order.getStatus()).isEqualTo(ServiceRequestStatus.REVOKED);
              assertThat(order.getCode().getText()).isEqualTo("肝功能");
              assertThat(order.getEncounter().getReference())
                  .isEqualTo("Encounter/" + scene.encounterHere);
              assertThat(order.getExtensionsByUrl(NamingSystems.RECOGNISED_RESULT))
                  .hasSize(8)
                  .allSatisfy(
                      extension ->
                          assertThat(((Reference) extension.getValue()).getReference())
                              .startsWith("Observation/"));
            });
    assertThat(counted().recognised()).isEqualTo(1);
    assertThat(counted().gross()).isEqualByComparingTo("60");
    assertThat(counted().illustrative()).isTrue();
  }

  @Test
  void feedback_sent_twice_counts_once() {
    // Given
    var card = prompted("LIVER");

    // When
    scene.accept(scene.hospital, card).then().statusCode(200);
    scene.accept(scene.hospital, card).then().statusCode(200);
    scene.override(card, "{\"reason\":{\"code\":\"emergency\"}}").then().statusCode(200);

    // Then
    assertThat(orders()).hasSize(1);
    assertThat(counted().prompts()).isEqualTo(1);
    assertThat(counted().recognised()).isEqualTo(1);
    assertThat(counted().refused()).isZero();
  }

  @Test
  void the_same_item_saves_once_a_visit() {
    // Given
    var first = prompted("LIVER");
    var again = prompted("LIVER");

    // When
    scene.accept(scene.hospital, first);
    scene.accept(scene.hospital, again);

    // Then
    assertThat(counted().recognised()).isEqualTo(2);
    assertThat(counted().gross()).isEqualByComparingTo(new BigDecimal("60"));
  }

  @Test
  void a_recognition_undone_gives_the_order_and_the_saving_back() {
    // Given
    scene.accept(scene.hospital, prompted("LIVER"));
    var order = orders().get(0).getIdPart();

    // When
    scene.undo(scene.hospital, order).then().log().ifValidationFails().statusCode(200);

    // Then
    assertThat(orders())
        .singleElement()
        .satisfies(
            again -> {
              assertThat(again.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
              assertThat(again.hasExtension(NamingSystems.RECOGNISED_RESULT)).isFalse();
            });
    assertThat(counted().undone()).isEqualTo(1);
    assertThat(counted().gross()).isEqualByComparingTo("60");
    assertThat(counted().net()).isEqualByComparingTo("0");
    scene.undo(scene.hospital, order).then().log().ifValidationFails().statusCode(422);
    assertThat(counted().undone()).isEqualTo(1);
  }

  @Test
  void the_saving_stays_while_another_recognition_of_the_item_stands_in_the_visit() {
    // Given
    scene.accept(scene.hospital, prompted("LIVER"));
    scene.accept(scene.hospital, prompted("LIVER"));

    // When
    scene
        .undo(scene.hospital, orders().get(0).getIdPart())
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200);
    var afterOne = counted().net();
    scene
        .undo(scene.hospital, orders().get(1).getIdPart())
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200);

    // Then
    assertThat(afterOne).isEqualByComparingTo("60");
    assertThat(counted().net()).isEqualByComparingTo("0");
  }

  @Test
  void once_the_visit_is_closed_a_recognition_stays() {
    // Given
    scene.accept(scene.hospital, prompted("LIVER"));
    scene.closeVisit();

    // Then
    scene
        .undo(scene.hospital, orders().get(0).getIdPart())
        .then()
        .log()
        .ifValidationFails()
        .statusCode(422);
    assertThat(counted().undone()).isZero();
  }

  @Test
  void another_institution_cannot_undo_a_recognition() {
    // Given
    scene.accept(scene.hospital, prompted("LIVER"));

    // Then
    scene
        .undo(scene.stranger, orders().get(0).getIdPart())
        .then()
        .log()
        .ifValidationFails()
        .statusCode(403);
    assertThat(counted().undone()).isZero();
  }

  @Test
  void a_refusal_counts_by_its_ground_and_without_one_as_such() {
    // When
    scene.override(prompted("LIVER"), "{\"reason\":{\"code\":\"emergency\"}}");
    scene.override(prompted("LIVER"), "{\"userComment\":\"算了\"}");
    scene.override(prompted("LIVER"), "{\"reason\":{\"code\":\"other\"}}");
    scene.override(prompted("LIVER"), "{\"reason\":{\"code\":\"other\"},\"userComment\":\"家属要求\"}");

    // Then
    assertThat(counted().refusals())
        .isEqualTo(Map.of("emergency", 1L, Tally.WITHOUT_REASON, 2L, "other", 1L));
    assertThat(counted().recognised()).isZero();
    assertThat(orders()).isEmpty();
  }

  @Test
  void feedback_from_another_institution_is_refused_like_that_for_no_card_at_all() {
    // Given
    var card = prompted("LIVER");

    // When
    var foreign = scene.accept(scene.stranger, card);
    var none = scene.accept(scene.stranger, UUID.randomUUID().toString());

    // Then
    foreign.then().statusCode(403);
    assertThat(none.asString()).isEqualTo(foreign.asString());
    assertThat(counted().recognised()).isZero();
  }

  @Test
  void a_reason_that_was_not_offered_is_refused_and_counts_nothing() {
    scene
        .override(prompted("LIVER"), "{\"reason\":{\"code\":\"bored\"}}")
        .then()
        .statusCode(400)
        .body("issue[0].expression", hasItems("feedback.overrideReason.reason"));

    assertThat(counted().refused()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"feedback\":[]}",
        "{\"feedback\":[{\"card\":\"x\",\"outcome\":\"accepted\"}]}",
        "{\"feedback\":[{\"outcome\":\"accepted\"}]}",
        "{\"feedback\":[{\"card\":\"6b4ff1a5-0a10-4dd2-9b5e-5c1be0d54a1d\",\"outcome\":\"liked\"}]}",
        "{\"feedback\":[{\"card\":\"6b4ff1a5-0a10-4dd2-9b5e-5c1be0d54a1d\",\"outcome\":\"accepted\"}]}"
      })
  void malformed_feedback_is_refused(String body) {
    scene
        .ask("mutual-recognition-order-sign/feedback", scene.hospital, body)
        .then()
        .statusCode(400);
  }

  private String prompted(String code) {
    return scene.order(code).then().statusCode(200).extract().path("cards[0].uuid");
  }

  private Tally counted() {
    return tally.between(start, Instant.now().plusSeconds(1));
  }

  private List<ServiceRequest> orders() {
    var query =
        SearchQuery.parse(ResourceType.ServiceRequest, "subject=Patient/" + scene.patientHere);
    return record.search(query, ReadFilter.everything()).matches().stream()
        .map(stored -> stored.as(ServiceRequest.class))
        .toList();
  }
}
