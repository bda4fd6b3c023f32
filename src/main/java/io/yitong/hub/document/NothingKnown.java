package io.yitong.hub.document;

import io.yitong.hub.fhir.FhirJson;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * The entry of a required section that has none (IPS, absent and unknown data). It says that the
 * hub holds no information, never that there is nothing: who was asked about allergies and had none
 * is another thing, and would have been recorded.
 */
final class NothingKnown {
  private static final String ABSENT =
      "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
  private static final String DATA_ABSENT =
      "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private NothingKnown() {}

  static List<SummaryItem> of(SummarySection section, String patientUrl) {
    var patient = new Reference(patientUrl);
    return switch (section) {
      case MEDICATIONS -> List.of(item(medication(patient)));
      case ALLERGIES -> List.of(item(allergy(patient)));
      case PROBLEMS -> List.of(item(problem(patient)));
      case RESULTS, PROCEDURES, IMMUNIZATIONS -> List.of();
    };
  }

  private static DomainResource medication(Reference patient) {
    var statement = new MedicationStatement();
    statement.setStatus(MedicationStatementStatus.UNKNOWN);
    statement.setMedication(
        code("no-medication-info", "No information about medications", "没有用药信息"));
    statement.setSubject(patient);
    var unknown = new DateTimeType();
    unknown.addExtension(DATA_ABSENT, new CodeType("unknown"));
    statement.setEffective(unknown);
    return statement;
  }

  private static DomainResource allergy(Reference patient) {
    var allergy = new AllergyIntolerance();
    allergy.setClinicalStatus(
        status("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"));
    allergy.setCode(code("no-allergy-info", "No information about allergies", "没有过敏信息"));
    allergy.setPatient(patient);
    return allergy;
  }

  private static DomainResource problem(Reference patient) {
    var condition = new Condition();
    condition.setClinicalStatus(status("http://terminology.hl7.org/CodeSystem/condition-clinical"));
    condition.addCategory(
        new CodeableConcept()
            .addCoding(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/condition-category",
                    "problem-list-item",
                    "Problem List Item")));
    condition.setCode(code("no-problem-info", "No information about problems", "没有问题信息"));
    condition.setSubject(patient);
    return condition;
  }

  private static CodeableConcept status(String system) {
    return new CodeableConcept().addCoding(new Coding(system, "active", "Active"));
  }

  private static CodeableConcept code(String code, String english, String chinese) {
    return new CodeableConcept()
        .addCoding(new Coding(ABSENT, code, english))
        .setText(chinese + " " + english);
  }

  private static SummaryItem item(DomainResource resource) {
    return DescribeItem.of("urn:uuid:" + UUID.randomUUID(), resource, FhirJson.write(resource));
  }
}
