package io.yitong.hub.document;

import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** What a person reads of a resource in a summary, in the resource's own words. */
final class DescribeItem {
  private DescribeItem() {}

  static SummaryItem of(String fullUrl, Resource resource, byte[] json) {
    return new SummaryItem(
        fullUrl, resource, json, text(resource), detail(resource), when(resource));
  }

  private static String text(Resource resource) {
    if (resource instanceof AllergyIntolerance allergy) {
      return concept(allergy.getCode());
    }
    if (resource instanceof Condition condition) {
      return concept(condition.getCode());
    }
    if (resource instanceof MedicationStatement statement) {
      return medication(statement.getMedication());
    }
    if (resource instanceof MedicationRequest request) {
      return medication(request.getMedication());
    }
    if (resource instanceof Observation observation) {
      return concept(observation.getCode());
    }
    if (resource instanceof Procedure procedure) {
      return concept(procedure.getCode());
    }
    if (resource instanceof Immunization immunization) {
      return concept(immunization.getVaccineCode());
    }
    return resource.fhirType();
  }

  private static String detail(Resource resource) {
    if (resource instanceof Observation observation) {
      return value(observation.getValue());
    }
    if (resource instanceof AllergyIntolerance allergy && allergy.hasCriticality()) {
      return allergy.getCriticality().toCode();
    }
    if (resource instanceof MedicationStatement statement) {
      return statement.getDosageFirstRep().hasText() ? statement.getDosageFirstRep().getText() : "";
    }
    if (resource instanceof MedicationRequest request) {
      var dosage = request.getDosageInstructionFirstRep();
      return dosage.hasText() ? dosage.getText() : "";
    }
    return "";
  }

  private static String when(Resource resource) {
    if (resource instanceof Observation observation) {
      return date(observation.getEffective());
    }
    if (resource instanceof AllergyIntolerance allergy) {
      return date(allergy.hasOnset() ? allergy.getOnset() : allergy.getRecordedDateElement());
    }
    if (resource instanceof Condition condition) {
      return date(condition.hasOnset() ? condition.getOnset() : condition.getRecordedDateElement());
    }
    if (resource instanceof MedicationStatement statement) {
      return date(statement.getEffective());
    }
    if (resource instanceof MedicationRequest request) {
      return date(request.getAuthoredOnElement());
    }
    if (resource instanceof Procedure procedure) {
      return date(procedure.getPerformed());
    }
    if (resource instanceof Immunization immunization) {
      return date(immunization.getOccurrence());
    }
    return "";
  }

  private static String medication(Type medication) {
    if (medication instanceof Reference reference) {
      return Optional.ofNullable(reference.getDisplay()).orElseGet(reference::getReference);
    }
    return medication instanceof CodeableConcept concept ? concept(concept) : "";
  }

  private static String concept(CodeableConcept concept) {
    if (concept.hasText()) {
      return concept.getText();
    }
    return concept.getCoding().stream()
        .filter(coding -> coding.hasDisplay())
        .map(coding -> coding.getDisplay())
        .findFirst()
        .orElseGet(() -> String.valueOf(concept.getCodingFirstRep().getCode()));
  }

  private static String value(Type value) {
    if (value instanceof Quantity quantity && quantity.hasValue()) {
      var comparator = quantity.hasComparator() ? quantity.getComparator().toCode() + " " : "";
      var unit = quantity.hasUnit() ? quantity.getUnit() : quantity.getCode();
      return comparator
          + quantity.getValueElement().getValueAsString()
          + (unit == null ? "" : " " + unit);
    }
    if (value instanceof CodeableConcept concept) {
      return concept(concept);
    }
    return value != null && value.isPrimitive() ? value.primitiveValue() : "";
  }

  private static String date(Type type) {
    if (type instanceof BaseDateTimeType moment && moment.hasValue()) {
      return day(moment.getValueAsString());
    }
    if (type instanceof Period period && period.hasStart()) {
      return day(period.getStartElement().getValueAsString());
    }
    return "";
  }

  private static String day(String text) {
    return text.substring(0, Math.min(10, text.length()));
  }
}
