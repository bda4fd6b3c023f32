package io.yitong.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.console.PatientRecord.Analyte;
import io.yitong.hub.console.PatientRecord.Source;
import io.yitong.hub.console.PatientRecord.SourceKind;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.decision.Catalogue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class GroupResultsTest {
  private static final Source HERE = new Source("here", SourceKind.OWN, Text.same("here"));
  private static final Source PARTNER =
      new Source("partner:linshui", SourceKind.PARTNER, Text.same("there"));

  @Test
  void one_item_from_two_sources_is_one_analyte() {
    var group = new GroupResults(new Naming(Catalogue.load()));
    contribution(HERE, collected("2026-03-01T08:00:00+08:00", Ward.alt("32"))).sortInto(group);
    contribution(PARTNER, collected("2026-03-02T08:00:00+08:00", Ward.alt("61"))).sortInto(group);

    assertThat(group.sorted())
        .singleElement()
        .satisfies(
            alt -> {
              assertThat(alt.count()).isEqualTo(2);
              assertThat(alt.latest().source()).isEqualTo("partner:linshui");
              assertThat(alt.results())
                  .extracting(r -> r.source())
                  .containsExactly("partner:linshui", "here");
            });
  }

  @Test
  void values_in_different_units_never_share_a_chart() {
    var inMicrokatals = Ward.alt("0.53");
    inMicrokatals.getValueQuantity().setUnit("μkat/L").setCode("ukat/L");
    assertThat(grouped(Ward.alt("32"), inMicrokatals)).hasSize(2);
  }

  @Test
  void a_bound_is_shown_as_reported_but_not_drawn() {
    var bound = Ward.alt("5");
    bound.getValueQuantity().setComparator(QuantityComparator.LESS_THAN);
    var result = grouped(bound).get(0).latest();
    assertThat(result.text()).isEqualTo("<5");
    assertThat(result.value()).isEmpty();
  }

  @Test
  void a_text_is_shown_and_not_drawn() {
    var text = Ward.alt("1").setValue(new StringType("阴性(-)"));
    assertThat(grouped(text).get(0).latest())
        .satisfies(result -> assertThat(result.text()).isEqualTo("阴性(-)"))
        .satisfies(result -> assertThat(result.value()).isEmpty());
  }

  @Test
  void a_withdrawn_result_is_neither_drawn_nor_the_latest() {
    var stands = collected("2026-03-01T08:00:00+08:00", Ward.alt("32"));
    var withdrawn = collected("2026-03-02T08:00:00+08:00", Ward.alt("990"));
    withdrawn.setStatus(ObservationStatus.ENTEREDINERROR);

    var alt = grouped(stands, withdrawn).get(0);
    assertThat(alt.latest().text()).isEqualTo("32");
    assertThat(alt.results()).extracting(r -> r.text()).containsExactly("990", "32");
    assertThat(alt.results().get(0).value()).isEmpty();
  }

  @Test
  void digits_stay_as_reported() {
    assertThat(grouped(Ward.alt("5.60")).get(0).latest().text()).isEqualTo("5.60");
  }

  @Test
  void an_open_range_says_so() {
    var above = Ward.alt("32");
    above.getReferenceRangeFirstRep().setHigh(null);
    assertThat(grouped(above).get(0).latest().range()).contains("≥9");

    var below = Ward.alt("32");
    below.getReferenceRangeFirstRep().setLow(null);
    assertThat(grouped(below).get(0).latest().range()).contains("≤50");
  }

  @Test
  void the_recognition_mark_is_shown_as_registered() {
    var marked = Ward.alt("32");
    marked.addExtension(NamingSystems.RECOGNITION_MARK, new CodeableConcept().setText("川渝HR"));
    assertThat(grouped(marked).get(0).latest().mark()).contains("川渝HR");
    assertThat(grouped(Ward.alt("32")).get(0).latest().mark()).isEmpty();
  }

  @Test
  void an_item_the_catalogue_lacks_goes_by_its_own_names() {
    var other = Ward.alt("32");
    other.setCode(new CodeableConcept(new Coding("urn:local", "XYZ", "某项目")).setText("Some item"));
    assertThat(grouped(other).get(0).name()).isEqualTo(new Text("某项目", "Some item"));
  }

  @Test
  void a_laboratory_the_hub_does_not_know_goes_by_what_the_reference_says() {
    var outsourced = Ward.alt("32");
    outsourced.addPerformer(new Reference().setDisplay("第三方检验所"));
    assertThat(grouped(outsourced).get(0).latest().laboratory()).contains(Text.same("第三方检验所"));
  }

  @Test
  void what_was_examined_last_comes_first() {
    var older = collected("2026-03-01T08:00:00+08:00", Ward.alt("32"));
    var newer = collected("2026-03-04T08:00:00+08:00", Ward.alt("32"));
    newer.setCode(new CodeableConcept(new Coding(NamingSystems.LOINC, "2823-3", null)));
    newer.setValue(new Quantity().setValue(new BigDecimal("4.1")).setUnit("mmol/L"));
    assertThat(grouped(older, newer))
        .extracting(Analyte::name)
        .extracting(Text::zh)
        .containsExactly("钾", "丙氨酸氨基转移酶");
  }

  private static Observation collected(String at, Observation observation) {
    return observation.setEffective(new DateTimeType(at));
  }

  private static List<Analyte> grouped(Observation... observations) {
    var group = new GroupResults(new Naming(Catalogue.load()));
    contribution(HERE, observations).sortInto(group);
    return group.sorted();
  }

  private static Contribution contribution(Source source, Observation... observations) {
    return new Contribution(
        source, Arrays.asList(observations), new InstitutionNames.Names(Map.of()));
  }
}
