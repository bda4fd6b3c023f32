package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.json.Element;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathCompilerTest {
  @Test
  void names_lead_from_element_to_element() {
    var patient = new Patient();
    patient.addName().setFamily("王");
    patient.addName().setFamily("Wang");

    assertThat(select("Patient.name.family", patient))
        .extracting(each -> each.value().orElseThrow())
        .containsExactly("王", "Wang");
    assertThat(select("Patient.name[1].family", patient))
        .extracting(each -> each.value().orElseThrow())
        .containsExactly("Wang");
  }

  @Test
  void alternatives_add_up_and_a_type_narrows_a_choice() {
    Resource text = new Observation().setValue(new StringType("positive"));
    Resource number = new Observation().setValue(new Quantity(5));
    Resource concept = new Observation().setValue(new CodeableConcept().setText("阳性"));
    var path = "(Observation.value as string) | (Observation.value as CodeableConcept).text";

    assertThat(select(path, text))
        .extracting(each -> each.value().orElseThrow())
        .containsExactly("positive");
    assertThat(select(path, concept))
        .extracting(each -> each.value().orElseThrow())
        .containsExactly("阳性");
    assertThat(select(path, number)).isEmpty();
    assertThat(select("Observation.value.as(Quantity)", number)).hasSize(1);
  }

  @Test
  void a_reference_is_judged_by_where_it_says_it_leads() {
    var path = "Observation.subject.where(resolve() is Patient)";

    assertThat(select(path, new Observation().setSubject(new Reference("Patient/1")))).hasSize(1);
    assertThat(select(path, new Observation().setSubject(new Reference("Group/1")))).isEmpty();
    assertThat(select(path, new Observation().setSubject(new Reference().setType("Patient"))))
        .hasSize(1);
  }

  @Test
  void a_condition_picks_by_a_child_s_value() {
    var patient = new Patient();
    patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("023");
    patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("a@b");

    assertThat(select("Patient.telecom.where(system='email').value", patient))
        .extracting(each -> each.value().orElseThrow())
        .containsExactly("a@b");
  }

  @Test
  void said_and_not_false_is_one_boolean() {
    var path = "Patient.deceased.exists() and Patient.deceased != false";

    assertThat(truth(path, new Patient())).isEqualTo("false");
    assertThat(truth(path, new Patient().setDeceased(new BooleanType(false)))).isEqualTo("false");
    assertThat(truth(path, new Patient().setDeceased(new BooleanType(true)))).isEqualTo("true");
    assertThat(truth(path, new Patient().setDeceased(new DateTimeType("2026")))).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient.name.last()",
        "Patient.name.where(use='official' and period.exists())",
        "Patient.name + 1",
        "(Patient.name",
        ""
      })
  void what_is_not_understood_is_not_compiled(String path) {
    assertThat(PathCompiler.compile(path)).isEmpty();
  }

  private static String truth(String path, Patient patient) {
    return select(path, patient).get(0).value().orElseThrow();
  }

  private static List<Element> select(String path, Resource resource) {
    return PathCompiler.compile(path).orElseThrow().of(Trees.of(resource));
  }
}
