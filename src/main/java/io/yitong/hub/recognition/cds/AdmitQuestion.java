package io.yitong.hub.recognition.cds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.identity.PersonLink;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/** Establishes that a caller may ask about a patient, and who that is. */
@ApplicationScoped
class AdmitQuestion {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AccessRules rules;
  private final ReadResource record;
  private final Persons persons;

  AdmitQuestion(AccessRules rules, ReadResource record, Persons persons) {
    this.rules = rules;
    this.record = record;
    this.persons = persons;
  }

  /**
   * What a question may be answered from.
   *
   * @param institution on whose behalf it is asked
   * @param results what may be seen of results
   */
  record Admitted(
      InstitutionId institution,
      PersonLink person,
      Optional<LocalDate> birthDate,
      ReadFilter results) {}

  /**
   * @throws HubException NOT_PERMITTED when the caller may not see the patient, whether or not
   *     there is one; PRECONDITION_MISSING when the patient is deleted or not known to the person
   *     index
   */
  Admitted admit(Caller caller, String patientId) {
    if (!caller.is(Role.HOSPITAL) && !caller.is(Role.CLINICIAN)) {
      throw notPermitted();
    }
    var institution = caller.institution().orElseThrow(AdmitQuestion::notPermitted);
    var results = rules.reading(caller, ResourceType.Observation, Permission.SEARCH);
    var patients = rules.reading(caller, ResourceType.Patient, Permission.READ);
    var key = new ResourceKey(ResourceType.Patient, patientId);
    var patient = record.current(key, patients).orElseThrow(AdmitQuestion::notPermitted);
    if (patient.deleted()) {
      throw new HubException(ErrorCode.PRECONDITION_MISSING, "context.patientId", key.reference());
    }
    var person =
        persons
            .of(patientId)
            .orElseThrow(
                () ->
                    new HubException(
                        ErrorCode.PRECONDITION_MISSING, "context.patientId", key.reference()));
    return new Admitted(institution, person, birthDate(patient), results);
  }

  private static Optional<LocalDate> birthDate(StoredResource patient) {
    try {
      JsonNode date = JSON.readTree(patient.json()).path("birthDate");
      return date.asText().length() == 10
          ? Optional.of(LocalDate.parse(date.asText()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
