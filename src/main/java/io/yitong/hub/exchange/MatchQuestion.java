package io.yitong.hub.exchange;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.identity.Demographics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;

/**
 * {@code Patient/$match} as this hub asks it (FHIR R4; IHE PDQm ITI-119): by resident ID, name,
 * birth date and gender, certain matches only.
 */
final class MatchQuestion {
  /** One person has a Patient in each institution it was at; more than this is no answer. */
  static final int MOST = 20;

  private static final String GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";

  private MatchQuestion() {}

  static Parameters about(Demographics person) {
    var patient = new Patient();
    person
        .residentId()
        .ifPresent(id -> patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(id));
    patient.addName().setText(person.name());
    person.gender().map(AdministrativeGender::fromCode).ifPresent(patient::setGender);
    person
        .birthDate()
        .ifPresent(date -> patient.setBirthDateElement(new DateType(date.toString())));
    var parameters = new Parameters();
    parameters.addParameter().setName("resource").setResource(patient);
    parameters.addParameter("onlyCertainMatches", new BooleanType(true));
    parameters.addParameter("count", new IntegerType(MOST));
    return parameters;
  }

  /**
   * FHIR ids, there, of the certain matches. A match that carries another resident ID than the one
   * asked for is none, whatever grade it came with.
   */
  static List<String> certain(Bundle answer, Demographics asked) {
    return answer.getEntry().stream()
        .filter(MatchQuestion::isCertain)
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .filter(patient -> !contradicts(patient, asked))
        .map(patient -> patient.getIdElement().getIdPart())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static boolean isCertain(Bundle.BundleEntryComponent entry) {
    var grade = entry.getSearch().getExtensionByUrl(GRADE);
    return grade != null && "certain".equals(grade.getValue().primitiveValue());
  }

  private static boolean contradicts(Patient patient, Demographics asked) {
    return patient.getIdentifier().stream()
        .filter(identifier -> NamingSystems.RESIDENT_ID.equals(identifier.getSystem()))
        .anyMatch(identifier -> !asked.residentId().equals(Optional.of(identifier.getValue())));
  }
}
