package io.yitong.hub.recognition.decision;

import static io.yitong.hub.recognition.decision.Cases.CATALOGUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.recognition.decision.Guard.Proof;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  @Test
  void every_shipped_item_is_there_and_no_window_is_longer_than_ninety_days() {
    assertThat(CATALOGUE.items())
        .hasSize(123)
        .allSatisfy(item -> assertThat(item.windowDays()).isBetween(0, 90))
        .allSatisfy(item -> assertThat(item.chinese()).isNotBlank())
        .allSatisfy(item -> assertThat(item.price().illustrative()).isTrue());
  }

  @Test
  void the_analytes_of_every_charge_item_are_in_the_catalogue() {
    assertThat(CATALOGUE.chargeItems())
        .hasSize(12)
        .allSatisfy(
            charge ->
                assertThat(charge.analytes())
                    .allSatisfy(loinc -> assertThat(CATALOGUE.item(loinc)).isPresent()))
        .allSatisfy(charge -> assertThat(charge.price().illustrative()).isTrue());
  }

  @Test
  void a_charge_item_of_unknown_analytes_is_refused() {
    var charge =
        new ChargeItem(
            "X",
            "某项",
            "Some",
            new Price(BigDecimal.ONE, true),
            List.of(new Loinc("1742-6")),
            List.of());

    assertThatThrownBy(
            () ->
                new Catalogue(
                    "1", List.of(), List.of(charge), List.of(), List.of(), List.of(), Map.of()))
        .hasMessageContaining("X is made of 1742-6");
  }

  @Test
  void sensitive_items_are_known_as_such() {
    var sensitive = new TreeSet<String>();
    CATALOGUE.items().stream()
        .filter(Item::sensitive)
        .forEach(item -> sensitive.add(item.loinc().code()));

    assertThat(sensitive).containsExactly("24110-9", "56888-1");
  }

  @Test
  void the_scopes_are_ordered_from_narrow_to_wide_and_carry_their_marks() {
    assertThat(CATALOGUE.scopes().stream().map(Scope::code))
        .containsExactly("city-5116", "province-50", "province-51", "chuanyu", "nation");
    assertThat(CATALOGUE.scope("chuanyu").orElseThrow().markChinese()).isEqualTo("川渝HR");
    assertThat(CATALOGUE.scope("chuanyu").orElseThrow().includes(Cases.LINSHUI)).isTrue();
    assertThat(CATALOGUE.scope("province-50").orElseThrow().includes(Cases.LINSHUI)).isFalse();
  }

  @Test
  void only_the_newborn_guard_can_be_shown_to_be_met() {
    var provable =
        CATALOGUE.items().stream()
            .flatMap(item -> item.guard().stream())
            .filter(guard -> guard.proof() != Proof.NONE)
            .map(Guard::code)
            .distinct();

    assertThat(provable).containsExactly("newborn");
  }

  @Test
  void specimens_are_known_by_code_and_by_name() {
    assertThat(CATALOGUE.specimen("ser")).contains(SpecimenClass.SERUM);
    assertThat(CATALOGUE.specimen("血浆")).contains(SpecimenClass.PLASMA);
    assertThat(CATALOGUE.specimen("痰")).isEmpty();
    assertThat(SpecimenClass.admittedBy("SER 血清/血浆"))
        .isEqualTo(Set.of(SpecimenClass.SERUM, SpecimenClass.PLASMA));
  }

  @Test
  void the_grounds_for_repeating_are_the_six_of_the_law_and_the_last_needs_a_text() {
    assertThat(CATALOGUE.grounds()).hasSize(6);
    assertThat(CATALOGUE.ground("other").map(Ground::textRequired)).isEqualTo(Optional.of(true));
    assertThat(CATALOGUE.ground("emergency").map(Ground::textRequired))
        .isEqualTo(Optional.of(false));
  }

  @Test
  void the_version_follows_from_the_content() {
    assertThat(CATALOGUE.version()).isEqualTo(Catalogue.load().version()).startsWith("2026.1+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1742-6", "2823-3", "89579-7", "24110-9"})
  void a_loinc_code_has_a_check_digit(String code) {
    assertThat(Loinc.parse(code)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1742-7", "1742", "17426", "-6", "ABC-1", "1742-x", ""})
  void what_has_none_or_a_wrong_one_is_no_loinc_code(String code) {
    assertThat(Loinc.parse(code)).isEmpty();
  }
}
