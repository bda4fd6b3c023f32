package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.exchange.Neighbourhood.Admitted;
import io.yitong.hub.exchange.PartnerAnswer.Answered;
import io.yitong.hub.exchange.PartnerAnswer.Late;
import io.yitong.hub.exchange.PartnerAnswer.NobodyFound;
import io.yitong.hub.exchange.PartnerAnswer.Refused;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestExchangeKey.class)
class PartnerResultsTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final byte[] EMPTY = {'{', '}'};

  @Inject PartnerResults results;
  @Inject Neighbourhood neighbourhood;
  @Inject AuditRows audit;

  private final CorrelationId correlation = CorrelationId.random();
  private Admitted wang;
  private PartnerServer linshui;
  private Endpoint registered;

  @BeforeEach
  void set() {
    wang = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    linshui = Neighbourhood.knowing(wang.residentId());
    registered = neighbourhood.register(linshui);
  }

  @AfterEach
  void clear() {
    neighbourhood.remove(registered);
    linshui.close();
  }

  @Test
  void what_a_partner_holds_is_fetched_kept_and_not_asked_for_again() {
    // When
    var fetched = fetch(wang);
    var asked = linshui.requests().size();
    var again = fetch(wang);

    // Then
    assertThat(fetched).singleElement().isInstanceOf(Answered.class);
    assertThat(observations(fetched))
        .containsExactly(linshui.base() + "/Observation/alt/_history/1");
    assertThat(observations(again)).isEqualTo(observations(fetched));
    assertThat(observations(results.held(wang.person()))).isEqualTo(observations(fetched));
    assertThat(linshui.requests()).hasSize(asked);
    assertThat(audit.under(correlation.value())).containsExactly("hub:exchange - 0");
  }

  @Test
  void nothing_is_held_of_a_person_not_asked_about() {
    assertThat(results.held(wang.person())).isEmpty();
    assertThat(linshui.requests()).isEmpty();
  }

  @Test
  void nobody_found_is_an_answer_too_and_kept() {
    linshui.when("/fhir/Patient/$match", new Bundle().setType(BundleType.SEARCHSET));

    assertThat(fetch(wang)).singleElement().isInstanceOf(NobodyFound.class);
    assertThat(results.held(wang.person())).singleElement().isInstanceOf(NobodyFound.class);
  }

  @Test
  void no_partner_is_asked_about_a_person_without_a_checked_resident_id() {
    var nameless = neighbourhood.patient(Optional.empty());

    assertThat(fetch(nameless)).isEmpty();
    assertThat(linshui.requests()).isEmpty();
  }

  @Test
  void a_partner_not_back_by_the_deadline_is_late_and_on_record() {
    linshui.when("/fhir/Observation", linshui.never());

    var answers = results.fetch(wang.person(), Duration.ofMillis(400), correlation);

    assertThat(answers).singleElement().isInstanceOf(Late.class);
    await()
        .untilAsserted(
            () ->
                assertThat(audit.under(correlation.value()))
                    .containsExactly("hub:exchange partner-unreachable 8"));
    assertThat(results.held(wang.person())).isEmpty();
  }

  @Test
  void a_refusal_is_told_with_its_reason_and_on_record() {
    linshui.when("/fhir/Patient/$match", PartnerServer.json(403, EMPTY));

    assertThat(fetch(wang))
        .singleElement()
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.PARTNER_REFUSED));
    assertThat(audit.under(correlation.value())).containsExactly("hub:exchange partner-refused 8");
  }

  @Test
  void a_stale_answer_is_asked_for_again() {
    fetch(wang);
    neighbourhood.age(wang.person(), "-1 hour", "1 hour");
    linshui.when("/fhir/Observation", new Bundle().setType(BundleType.SEARCHSET));

    assertThat(observations(fetch(wang))).isEmpty();
  }

  @Test
  void a_stale_answer_stands_while_its_partner_is_down() {
    fetch(wang);
    neighbourhood.age(wang.person(), "-1 hour", "1 hour");
    linshui.when("/fhir/Patient/$match", PartnerServer.json(500, EMPTY));

    assertThat(observations(fetch(wang))).hasSize(1);
  }

  @Test
  void an_expired_answer_is_gone() {
    fetch(wang);
    neighbourhood.age(wang.person(), "-2 days", "-1 second");

    assertThat(results.held(wang.person())).isEmpty();
  }

  @Test
  void without_an_agreement_in_force_nothing_is_asked_and_nothing_shown() {
    fetch(wang);
    var asked = linshui.requests().size();
    registered.getPeriod().setEnd(Date.from(Instant.now().minusSeconds(60)));
    neighbourhood.write(registered, Optional.empty());

    assertThat(results.held(wang.person())).isEmpty();
    assertThat(fetch(wang)).isEmpty();
    assertThat(linshui.requests()).hasSize(asked);
  }

  @Test
  void a_dead_partner_does_not_keep_another_from_being_heard() {
    try (var dead = Neighbourhood.knowing(wang.residentId())) {
      dead.when("/fhir/Patient/$match", dead.never());
      var other = neighbourhood.register(dead);

      var answers = results.fetch(wang.person(), Duration.ofSeconds(2), correlation);
      neighbourhood.remove(other);

      assertThat(answers).hasSize(2).hasAtLeastOneElementOfType(Late.class);
      assertThat(observations(answers)).hasSize(1);
    }
  }

  @Test
  void a_partner_that_keeps_failing_is_left_alone_until_it_recovers() {
    // Given
    linshui.when("/fhir/Patient/$match", PartnerServer.json(500, EMPTY));
    for (var i = 0; i < 4; i++) {
      fetch(wang);
    }
    var asked = linshui.requests().size();

    // When
    var whileOpen = fetch(wang);

    // Then
    assertThat(whileOpen)
        .singleElement()
        .isInstanceOfSatisfying(
            Refused.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.PARTNER_UNREACHABLE));
    assertThat(linshui.requests()).hasSize(asked);

    linshui.when("/fhir/Patient/$match", new Bundle().setType(BundleType.SEARCHSET));
    await()
        .untilAsserted(
            () -> assertThat(fetch(wang)).singleElement().isInstanceOf(NobodyFound.class));
  }

  @Test
  void two_who_ask_the_same_at_once_share_one_question() {
    // Given
    var reached = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    linshui.when(
        "/fhir/Patient/$match",
        exchange -> {
          reached.countDown();
          awaitQuietly(release);
          PartnerServer.json(
                  200,
                  "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"
                      .getBytes(StandardCharsets.UTF_8))
              .answer(exchange);
        });
    var first = CompletableFuture.supplyAsync(() -> fetch(wang));
    awaitQuietly(reached);

    // When
    var second = new CompletableFuture<List<PartnerAnswer>>();
    var asker = new Thread(() -> second.complete(fetch(wang)));
    asker.start();
    await().until(() -> asker.getState() == Thread.State.TIMED_WAITING);
    release.countDown();

    // Then
    assertThat(first.join()).isEqualTo(second.join());
    assertThat(linshui.requests()).hasSize(1);
  }

  private List<PartnerAnswer> fetch(Admitted of) {
    return results.fetch(of.person(), AMPLE, correlation);
  }

  private static List<String> observations(List<PartnerAnswer> answers) {
    return answers.stream()
        .filter(Answered.class::isInstance)
        .flatMap(answer -> ((Answered) answer).resources().stream())
        .filter(Observation.class::isInstance)
        .map(resource -> resource.getMeta().getSource())
        .toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
