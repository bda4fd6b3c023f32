package io.yitong.hub.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.identity.LinkLedger.Apart;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkDecisionTest {
  private static final String HOSPITAL = "urn:yitong:institution:500106-test-hospital";
  private static final String OTHER_HOSPITAL = "urn:yitong:institution:500102-other-hospital";
  private static final ResidentId CARD = new ResidentId("11010519491231002X");
  private static final UUID GOLDEN = new UUID(0, 1);
  private static final UUID OWN = new UUID(0, 2);
  private static final UUID NEW = new UUID(0, 99);

  @Test
  void a_resident_id_ties_to_the_person_it_belongs_to() {
    var decision = decision(List.of(), Map.of(CARD.value(), GOLDEN));

    decision.decide(List.of(claim("p1", "王瑋").withCard()));

    assertThat(decision.changed().get("p1").person()).isEqualTo(GOLDEN);
    assertThat(decision.changed().get("p1").certain()).isTrue();
    assertThat(decision.personsAffected()).containsExactly(GOLDEN);
  }

  @Test
  void without_one_the_number_has_a_person_of_its_own() {
    var decision = decision(List.of(), Map.of());

    decision.decide(List.of(claim("p1", "王瑋").plain()));

    assertThat(decision.changed().get("p1").person()).isEqualTo(NEW);
    assertThat(decision.changed().get("p1").certain()).isFalse();
  }

  @Test
  void the_card_of_someone_with_quite_another_name_makes_no_certain_link() {
    var holder = link("p9", GOLDEN, true, LinkMethod.RESIDENT_ID, "李强");
    var decision = decision(List.of(holder), Map.of(CARD.value(), GOLDEN));

    decision.decide(List.of(claim("p1", "王瑋").withCard()));

    assertThat(decision.changed().get("p1").certain()).isFalse();
    assertThat(decision.changed().get("p1").person()).isEqualTo(NEW);
    assertThat(decision.flaws()).containsEntry("p1", IdentityFlaw.RESIDENT_ID_CONTRADICTED);
  }

  @Test
  void a_message_without_the_card_leaves_a_certain_link_as_it_is() {
    var known = link("p1", GOLDEN, true, LinkMethod.RESIDENT_ID, "王瑋");
    var decision = decision(List.of(known), Map.of());

    decision.decide(List.of(claim("p1", "王玮").plain()));

    assertThat(decision.changed().get("p1").person()).isEqualTo(GOLDEN);
    assertThat(decision.changed().get("p1").certain()).isTrue();
    assertThat(decision.personsAffected()).isEmpty();
  }

  @Test
  void a_card_mended_into_a_wrong_one_loses_the_certain_link() {
    var known = link("p1", GOLDEN, true, LinkMethod.RESIDENT_ID, "王瑋");
    var decision = decision(List.of(known), Map.of());

    decision.decide(List.of(claim("p1", "王瑋").flawed()));

    assertThat(decision.changed().get("p1").person()).isEqualTo(NEW);
    assertThat(decision.personsAffected()).containsExactlyInAnyOrder(GOLDEN, NEW);
  }

  @Test
  void a_link_taken_back_stays_back_though_the_card_comes_again() {
    var known = link("p1", OWN, false, LinkMethod.TAKEN_BACK, "王瑋");
    var decision =
        new LinkDecision(
            context(HOSPITAL),
            List.of(known),
            Map.of(CARD.value(), GOLDEN),
            Set.of(new Apart("p1", CARD.value())),
            () -> NEW);

    decision.decide(List.of(claim("p1", "王瑋").withCard()));

    assertThat(decision.changed().get("p1").person()).isEqualTo(OWN);
    assertThat(decision.changed().get("p1").certain()).isFalse();
  }

  @Test
  void a_merged_number_gets_the_survivors_person_and_those_merged_into_it_come_along() {
    var survivor = link("p1", GOLDEN, true, LinkMethod.RESIDENT_ID, "王瑋");
    var retired = link("p2", OWN, false, LinkMethod.INSTITUTION_NUMBER, "王瑋");
    var earlier = retired("p3", OWN, "p2");
    var decision = decision(List.of(survivor, retired, earlier), Map.of());

    decision.decide(List.of(claim("p2", "王瑋").replacedBy("p1")));

    assertThat(decision.changed().get("p2").person()).isEqualTo(GOLDEN);
    assertThat(decision.changed().get("p3").person()).isEqualTo(GOLDEN);
    assertThat(decision.changed().get("p3").mergedInto()).contains("p1");
    assertThat(decision.linksOf(GOLDEN)).extracting(Linked::patientId).contains("p1", "p2", "p3");
    assertThat(decision.linksOf(OWN)).isEmpty();
  }

  @Test
  void when_the_survivor_is_identified_later_the_merged_number_follows() {
    var survivor = link("p1", OWN, false, LinkMethod.INSTITUTION_NUMBER, "王瑋");
    var decision =
        decision(List.of(survivor, retired("p2", OWN, "p1")), Map.of(CARD.value(), GOLDEN));

    decision.decide(List.of(claim("p1", "王瑋").withCard()));

    assertThat(decision.changed().get("p2").person()).isEqualTo(GOLDEN);
    assertThat(decision.changed().get("p2").certain()).isTrue();
  }

  @Test
  void numbers_of_two_institutions_cannot_be_merged() {
    var elsewhere = link("p1", GOLDEN, true, LinkMethod.RESIDENT_ID, "王瑋");
    var decision =
        new LinkDecision(
            context(OTHER_HOSPITAL), List.of(elsewhere), Map.of(), Set.of(), () -> NEW);

    assertRefused(decision, claim("p2", "王瑋").replacedBy("p1"));
  }

  @Test
  void two_numbers_with_different_cards_cannot_be_merged() {
    var survivor = link("p1", GOLDEN, true, LinkMethod.RESIDENT_ID, "王瑋");
    var retired = link("p2", OWN, true, LinkMethod.RESIDENT_ID, "王瑋");

    assertRefused(
        decision(List.of(survivor, retired), Map.of()), claim("p2", "王瑋").replacedBy("p1"));
  }

  @Test
  void a_circle_of_merges_is_refused() {
    var one = retired("p1", OWN, "p2");
    var two = link("p2", OWN, false, LinkMethod.INSTITUTION_NUMBER, "王瑋");

    assertRefused(decision(List.of(one, two), Map.of()), claim("p2", "王瑋").replacedBy("p1"));
  }

  @Test
  void a_merge_into_a_number_nobody_knows_is_refused() {
    assertRefused(decision(List.of(), Map.of()), claim("p2", "王瑋").replacedBy("p1"));
  }

  private static void assertRefused(LinkDecision decision, Claim claim) {
    assertThatThrownBy(() -> decision.decide(List.of(claim)))
        .isInstanceOfSatisfying(
            HubException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.PERSONS_CANNOT_MERGE));
  }

  private static LinkDecision decision(List<Linked> known, Map<String, UUID> keys) {
    return new LinkDecision(context(HOSPITAL), known, keys, Set.of(), () -> NEW);
  }

  private static WriteContext context(String institution) {
    return new WriteContext(
        Caller.hub("test", CorrelationId.random()),
        Optional.of(new InstitutionId(institution)),
        Optional.empty(),
        "urn:test");
  }

  private static Linked link(
      String patient, UUID person, boolean certain, LinkMethod method, String name) {
    return new Linked(
        patient,
        person,
        certain,
        method,
        Optional.of(HOSPITAL),
        Optional.empty(),
        new PersonName(name),
        Optional.of("female"),
        Optional.of(LocalDate.of(1949, 12, 31)),
        Optional.empty());
  }

  private static Linked retired(String patient, UUID person, String survivor) {
    return link(patient, person, false, LinkMethod.MERGED, "王瑋")
        .followingTo(person, false, survivor);
  }

  private static Draft claim(String patientId, String name) {
    return new Draft(patientId, name);
  }

  private record Draft(String patientId, String name) {
    Claim plain() {
      return claim(Optional.empty(), Optional.empty(), Optional.empty());
    }

    Claim withCard() {
      return claim(Optional.of(CARD), Optional.empty(), Optional.empty());
    }

    Claim flawed() {
      return claim(
          Optional.empty(), Optional.of(IdentityFlaw.RESIDENT_ID_INVALID), Optional.empty());
    }

    Claim replacedBy(String survivor) {
      return claim(Optional.empty(), Optional.empty(), Optional.of(survivor));
    }

    private Claim claim(
        Optional<ResidentId> card, Optional<IdentityFlaw> flaw, Optional<String> survivor) {
      return new Claim(
          patientId,
          new PersonName(name),
          Optional.of("female"),
          Optional.of(LocalDate.of(1949, 12, 31)),
          card,
          flaw,
          survivor);
    }
  }
}
