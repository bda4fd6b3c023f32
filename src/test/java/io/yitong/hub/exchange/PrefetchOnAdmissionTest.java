package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.exchange.Neighbourhood.Admitted;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PrefetchOnAdmissionTest {
  @Inject PrefetchOnAdmission prefetch;
  @Inject PartnerHoldings holdings;
  @Inject PrefetchQueue queue;
  @Inject Neighbourhood neighbourhood;

  @Test
  void partners_are_asked_about_whoever_is_admitted_and_nobody_else() {
    var wang = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    var gone = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    try (var linshui = Neighbourhood.knowing(wang.residentId())) {
      var registered = neighbourhood.register(linshui);

      apply(gone, EncounterStatus.FINISHED);
      apply(wang, EncounterStatus.INPROGRESS);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(holdings.of(wang.person())).hasSize(1));
      assertThat(holdings.of(gone.person())).isEmpty();
      neighbourhood.remove(registered);
    }
  }

  @Test
  void a_partner_that_is_down_at_admission_is_asked_again() {
    var wang = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    try (var linshui = Neighbourhood.knowing(wang.residentId())) {
      var failing = new boolean[] {true};
      linshui.when(
          "/fhir/Patient/$match",
          exchange -> {
            var body =
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"
                    .getBytes(StandardCharsets.UTF_8);
            PartnerServer.json(failing[0] ? 503 : 200, body).answer(exchange);
            failing[0] = false;
          });
      var registered = neighbourhood.register(linshui);

      apply(wang, EncounterStatus.INPROGRESS);

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(holdings.of(wang.person())).hasSize(1));
      neighbourhood.remove(registered);
    }
  }

  @Test
  void an_admission_that_was_rolled_back_asks_nobody() {
    var wang = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    var change = admission(wang, EncounterStatus.INPROGRESS);

    QuarkusTransaction.begin();
    prefetch.apply(change);
    QuarkusTransaction.rollback();

    assertThat(queue.take(1000, Duration.ofSeconds(30)))
        .extracting(PrefetchQueue.Due::person)
        .doesNotContain(wang.person());
  }

  private void apply(Admitted of, EncounterStatus status) {
    var change = admission(of, status);
    QuarkusTransaction.requiringNew().run(() -> prefetch.apply(change));
  }

  private Change admission(Admitted of, EncounterStatus status) {
    var encounter = neighbourhood.encounter(of.patientId(), status);
    return new Change(
        1,
        CorrelationId.random(),
        Optional.of(Neighbourhood.HOSPITAL),
        true,
        Instant.now(),
        List.of(new Written(ResourceKey.of(encounter), Effect.CREATED, 1, Instant.now())));
  }
}
