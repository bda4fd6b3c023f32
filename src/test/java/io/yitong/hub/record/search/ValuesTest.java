package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.concept;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of each type of parameter, with the modifiers they take. */
@QuarkusTest
class ValuesTest {
  @Inject WriteResources write;
  @Inject SearchRecord search;

  private Searches searches;
  private String patient;

  @BeforeEach
  void a_patient() {
    searches = new Searches(search);
    patient = randomId();
    write.put(patient(patient), Optional.empty(), through(HOSPITAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "5|http://unitsofmeasure.org|g",
        "5000|http://unitsofmeasure.org|mg",
        "0.0050|http://unitsofmeasure.org|kg",
        "ge4999|http://unitsofmeasure.org|mg",
        "lt5001|http://unitsofmeasure.org|mg",
        "ap5200|http://unitsofmeasure.org|mg",
        "5||g",
        "5||克",
        "gt4",
      })
  void a_quantity_is_found_in_any_unit_of_its_kind(String value) {
    assertThat(found(fiveGrams(), "value-quantity=" + value)).isTrue();
    assertThat(found(fiveGrams(), "combo-value-quantity=" + value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5000",
        "5|http://unitsofmeasure.org|mg",
        "5|http://unitsofmeasure.org|mmol",
        "5||mg",
        "gt5|http://unitsofmeasure.org|g",
        "5001|http://unitsofmeasure.org|mg",
      })
  void and_in_no_other(String value) {
    assertThat(found(fiveGrams(), "value-quantity=" + value)).isFalse();
  }

  private Observation fiveGrams() {
    var result = observation(patient, "PROT", "2026-03-02", 5);
    result.setValue(
        new Quantity()
            .setValue(new BigDecimal("5"))
            .setUnit("克")
            .setSystem(NamingSystems.UCUM)
            .setCode("g"));
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "98765432109876543.2",
        "1000000000000000000",
        "1E-22",
        "1.000000000000000000E-245",
        "-1.000000000000000000E+245",
        "0." + "1234567890" + "1234567890" + "1234567890" + "1234567890" + "1234567890",
      })
  void a_decimal_keeps_all_its_figures(String decimal) {
    var exact = new BigDecimal(decimal);
    var next = exact.add(exact.ulp().movePointLeft(1));
    var kilopascal = "|http://unitsofmeasure.org|kPa";
    var result = observation(patient, "X", "2026-03-02", 1);
    result.setValue(
        new Quantity().setValue(exact).setSystem(NamingSystems.UCUM).setCode("kPa").setUnit("kPa"));
    var component = new Observation.ObservationComponentComponent(concept("urn:x", "Y"));
    result.addComponent(component.setValue(result.getValueQuantity().copy()));

    for (var unit : new String[] {"", kilopascal}) {
      assertThat(found(result, "value-quantity=" + exact + unit)).isTrue();
      assertThat(found(result, "value-quantity=ge" + exact + unit)).isTrue();
      assertThat(found(result, "value-quantity=lt" + next + unit)).isTrue();
      assertThat(found(result, "value-quantity=sa" + exact + unit)).isFalse();
      assertThat(found(result, "value-quantity=" + next + unit)).isFalse();
      assertThat(found(result, "component-code-value-quantity=Y$" + exact + unit)).isTrue();
      assertThat(found(result, "component-code-value-quantity=Y$" + next + unit)).isFalse();
    }
  }

  @Test
  void an_end_that_is_not_meant_is_none_of_the_values() {
    var result = observation(patient, "X", "2026-03-02", 1);
    result.setValue(
        new Quantity()
            .setValue(new BigDecimal("5.45"))
            .setComparator(QuantityComparator.GREATER_THAN)
            .setUnit("kPa"));

    assertThat(found(result, "value-quantity=sa5.45")).isTrue();
    assertThat(found(result, "value-quantity=le5.45")).isFalse();
    assertThat(found(result, "value-quantity=le5.46")).isTrue();
    assertThat(found(result, "value-quantity=sa5.46")).isFalse();
    assertThat(found(result, "value-quantity=gt1000000")).isTrue();
  }

  @Test
  void a_number_asked_for_may_be_as_long_as_one_that_is_kept() {
    var result = observation(patient, "X", "2026-03-02", 1);

    assertThat(found(result, "value-quantity=1." + "0".repeat(990))).isTrue();
    assertThatThrownBy(() -> found(result, "value-quantity=1." + "0".repeat(1000)))
        .extracting("code")
        .isEqualTo(ErrorCode.SEARCH_VALUE_INVALID);
    assertThatThrownBy(() -> found(result, "value-quantity=1e99999"))
        .extracting("code")
        .isEqualTo(ErrorCode.SEARCH_VALUE_INVALID);
  }

  @Test
  void the_parts_of_a_composite_are_met_by_one_element() {
    var pressure = observation(patient, "BP", "2026-03-02", 1);
    pressure.setValue(null);
    component(pressure, "SYS", 120);
    component(pressure, "DIA", 80);

    assertThat(found(pressure, "component-code-value-quantity=SYS$120")).isTrue();
    assertThat(found(pressure, "component-code-value-quantity=DIA$lt100")).isTrue();
    assertThat(found(pressure, "combo-code-value-quantity=DIA$80|http://unitsofmeasure.org|U/L"))
        .isTrue();
    assertThat(found(pressure, "combo-code-value-quantity=DIA$0.08|http://unitsofmeasure.org|kU/L"))
        .isTrue();
    assertThat(found(pressure, "component-code-value-quantity=SYS$80")).isFalse();
    assertThat(found(pressure, "component-code-value-quantity=SYS$80,DIA$120")).isFalse();
    assertThat(found(pressure, "code-value-quantity=SYS$120")).isFalse();
    assertThat(found(pressure, "combo-code=SYS")).isTrue();
    assertThat(found(pressure, "combo-code:not=SYS")).isFalse();
    assertThat(found(pressure, "component-code-value-quantity:missing=false")).isTrue();
  }

  @Test
  void a_composite_of_the_resource_itself_is_met_by_its_own_values() {
    var result = observation(patient, "ALT", "2026-03-02", 32);

    assertThat(found(result, "code-value-quantity=ALT$32")).isTrue();
    assertThat(found(result, "combo-code-value-quantity=ALT$gt30")).isTrue();
    assertThat(found(result, "code-value-quantity=ALT$33")).isFalse();
    assertThat(found(result, "code-value-quantity=AST$32")).isFalse();
  }

  private static void component(Observation result, String code, int value) {
    result
        .addComponent()
        .setCode(concept(HOSPITAL.numberSystem("lab-code"), code))
        .setValue(new Quantity(value).setUnit("U/L").setSystem(NamingSystems.UCUM).setCode("U/L"));
  }

  @Test
  void the_text_of_a_code_is_found_by_its_beginning() {
    var result = observation(patient, "ALT", "2026-03-02", 32);
    result.getCode().setText("Alanine Aminotransferase");
    result.getCode().getCodingFirstRep().setDisplay("谷丙转氨酶");

    assertThat(found(result, "code:text=alanine")).isTrue();
    assertThat(found(result, "code:text=谷丙")).isTrue();
    assertThat(found(result, "code:text=transferase")).isFalse();
    assertThat(found(result, "_content=AMINOTRANSFERASE alanine")).isTrue();
    assertThat(found(result, "_content=aminotransferase glucose")).isFalse();
    assertThat(found(result, "_text=alanine")).isFalse();
  }

  @Test
  void codes_are_found_by_value_set_and_by_hierarchy() {
    var system = "http://example.org/" + randomId();
    var codes = new CodeSystem().setUrl(system).setStatus(PublicationStatus.ACTIVE);
    codes.setContent(CodeSystemContentMode.COMPLETE).setId(randomId());
    codes.addConcept().setCode("liver").addConcept().setCode("alt").addConcept().setCode("alt-m");
    codes.addConcept().setCode("kidney");
    var valueSet = new ValueSet().setUrl(system + "/vs").setStatus(PublicationStatus.ACTIVE);
    valueSet.setId(randomId());
    valueSet
        .getCompose()
        .addInclude()
        .setSystem(system)
        .addFilter()
        .setProperty("concept")
        .setOp(FilterOperator.ISA)
        .setValue("alt");
    valueSet.getCompose().addExclude().setSystem(system).addConcept().setCode("alt-m");
    write.transaction(putting(codes, valueSet), through(HOSPITAL));
    var result = observation(patient, "x", "2026-03-02", 32);
    result.setCode(concept(system, "alt"));

    assertThat(found(result, "code:below=" + system + "|liver")).isTrue();
    assertThat(found(result, "code:below=" + system + "|alt")).isTrue();
    assertThat(found(result, "code:above=" + system + "|alt-m")).isTrue();
    assertThat(found(result, "code:below=" + system + "|kidney")).isFalse();
    assertThat(found(result, "code:above=" + system + "|liver")).isFalse();
    assertThat(found(result, "code:in=" + system + "/vs")).isTrue();
    assertThat(found(result, "code:in=ValueSet/" + valueSet.getIdElement().getIdPart())).isTrue();
    assertThat(found(result, "code:not-in=" + system + "/vs")).isFalse();
    assertThat(found(result, "_filter=code ss " + system + "|liver")).isTrue();
    result.setCode(concept(system, "alt-m"));
    assertThat(found(result, "code:in=" + system + "/vs")).isFalse();
    assertThatThrownBy(() -> found(result, "code:in=" + system + "/none"))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_SET_UNKNOWN));
  }

  @Test
  void an_identifier_is_found_by_its_type_and_a_reference_by_the_identifier_in_it() {
    var person = patient(patient);
    person
        .getIdentifierFirstRep()
        .setType(concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR"));
    write.put(person, Optional.empty(), through(HOSPITAL));

    assertThat(
            searches.found(
                ResourceType.Patient,
                "identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|P-" + patient))
        .containsExactly(patient);
    assertThat(
            searches.found(
                ResourceType.Patient,
                "identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|P-" + patient))
        .isEmpty();
    assertThat(
            searches.found(
                ResourceType.Patient,
                "organization:identifier="
                    + HOSPITAL.asIdentifier().getSystem()
                    + "|"
                    + HOSPITAL.asIdentifier().getValue()
                    + "&_id="
                    + patient))
        .containsExactly(patient);
  }

  @Test
  void addresses_are_found_by_what_they_begin_with() {
    var url = "http://example.org/" + randomId();
    var valueSet = new ValueSet().setUrl(url + "/sets/1").setStatus(PublicationStatus.ACTIVE);
    valueSet.setId(randomId());
    write.put(valueSet, Optional.empty(), through(HOSPITAL));

    for (var query :
        new String[] {
          "url=URL/sets/1",
          "url:below=URL/",
          "url:below=URL",
          "url:below=URL/sets",
          "url:below=URL/sets/1",
          "url:above=URL/sets/1/_history/5",
          "url:above=URL/sets/1"
        }) {
      assertThat(searches.found(ResourceType.ValueSet, query.replace("URL", url)))
          .as(query)
          .hasSize(1);
    }
    for (var query : new String[] {"url=URL", "url:below=URL/se", "url:above=URL/sets"}) {
      assertThat(searches.found(ResourceType.ValueSet, query.replace("URL", url)))
          .as(query)
          .isEmpty();
    }
  }

  @Test
  void references_are_found_by_what_is_part_of_what() {
    var house = location(Optional.empty());
    var ward = location(Optional.of(house));
    var room = location(Optional.of(ward));
    write.transaction(putting(house, ward, room), through(HOSPITAL));

    assertThat(searches.found(ResourceType.Location, "partof:below=" + id(house)))
        .containsExactlyInAnyOrder(id(ward), id(room));
    assertThat(searches.found(ResourceType.Location, "partof:below=Location/" + id(ward)))
        .containsExactly(id(room));
    assertThat(searches.found(ResourceType.Location, "partof:above=" + id(room)))
        .containsExactlyInAnyOrder(id(ward), id(room));
  }

  private static Location location(Optional<Location> within) {
    var location = new Location();
    location.setId(randomId());
    within.ifPresent(whole -> location.setPartOf(new Reference("Location/" + id(whole))));
    return location;
  }

  @Test
  void places_are_found_near_a_position() {
    var chongqing = location(Optional.empty());
    var marker = chongqing.getIdElement().getIdPart();
    chongqing.getPosition().setLatitude(29.5630).setLongitude(106.5516);
    write.put(chongqing, Optional.empty(), through(HOSPITAL));

    // Chengdu lies 270 km to the west.
    for (var near :
        new String[] {
          "29.56|106.55|5|km", "29.56|106.55", "30.66|104.06|300|km", "30.66|104.06|170|mi"
        }) {
      assertThat(searches.found(ResourceType.Location, "near=" + near + "&_id=" + marker))
          .as(near)
          .hasSize(1);
    }
    assertThat(searches.found(ResourceType.Location, "near=30.66|104.06|200|km&_id=" + marker))
        .isEmpty();
    for (var wrong : new String[] {"29", "91|0", "a|b", "1|1|5|kg", "1|1|2|km|5"}) {
      assertThatThrownBy(() -> searches.found(ResourceType.Location, "near=" + wrong))
          .isInstanceOf(HubException.class);
    }
  }

  @Test
  void a_long_text_is_compared_whole() {
    var named = patient(patient);
    named.getNameFirstRep().setText("长".repeat(250) + "尾");
    write.put(named, Optional.empty(), through(HOSPITAL));

    assertThat(searches.found(ResourceType.Patient, "_id=" + patient + "&name=" + "长".repeat(250)))
        .hasSize(1);
    assertThat(searches.found(ResourceType.Patient, "_id=" + patient + "&name=" + "长".repeat(251)))
        .isEmpty();
    assertThat(searches.found(ResourceType.Patient, "_id=" + patient + "&name:contains=长尾"))
        .hasSize(1);
    assertThat(searches.found(ResourceType.Patient, "_id=" + patient + "&phonetic=长长")).hasSize(1);
  }

  @Test
  void tags_profiles_and_security_labels_are_found() {
    var result = observation(patient, "ALT", "2026-03-02", 32);
    result.getMeta().addTag(new Coding("urn:tags", "t1", null));
    result.getMeta().addSecurity(new Coding("urn:labels", "R", null));
    result.getMeta().addProfile("http://hl7.org/fhir/StructureDefinition/Observation");

    assertThat(
            found(
                result,
                "_tag=urn:tags|t1&_security=R&_profile=http://hl7.org/fhir/StructureDefinition/Observation"))
        .isTrue();
    assertThat(found(result, "_profile:below=http://hl7.org/fhir")).isTrue();
    assertThat(found(result, "_tag:not=t1")).isFalse();
  }

  private boolean found(Observation result, String criteria) {
    write.put(result, Optional.empty(), through(HOSPITAL));
    return searches
        .found(ResourceType.Observation, "patient=" + patient + "&" + criteria)
        .contains(id(result));
  }

  private static String id(org.hl7.fhir.r4.model.Resource resource) {
    return resource.getIdElement().getIdPart();
  }
}
