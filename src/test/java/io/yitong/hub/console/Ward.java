package io.yitong.hub.console;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Patients of two hospitals and their results, as their systems would have sent them. */
@ApplicationScoped
class Ward {
  static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");
  static final InstitutionId OTHER_HOSPITAL =
      new InstitutionId("urn:yitong:institution:500102-fuling-hospital");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  private final WriteResources write;

  Ward(WriteResources write) {
    this.write = write;
  }

  /** Registers a patient and returns the FHIR id. */
  String patient(InstitutionId at, String residentId) {
    var patient = new Patient();
    patient.setId(UUID.randomUUID().toString());
    patient
        .addIdentifier()
        .setSystem(at.numberSystem("patient"))
        .setValue(number(patient.getIdPart()))
        .setType(new CodeableConcept(new Coding(NamingSystems.V2_0203, "MR", null)));
    patient
        .addIdentifier()
        .setSystem(NamingSystems.RESIDENT_ID)
        .setValue(residentId)
        .setType(new CodeableConcept(new Coding(NamingSystems.V2_0203, "NI", null)));
    patient.addName().setText("王瑋").setFamily("王").addGiven("瑋");
    patient.setGender(AdministrativeGender.MALE);
    patient.setBirthDateElement(new DateType("1971-05-04"));
    patient.setManagingOrganization(organization(at));
    write(at, patient);
    return patient.getIdPart();
  }

  /** The number the institution gave the patient. */
  static String number(String patientId) {
    return "P" + patientId.substring(0, 8);
  }

  void admit(InstitutionId at, String patientId) {
    var encounter = new Encounter();
    encounter.setId(UUID.randomUUID().toString());
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter.setClass_(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    encounter.setSubject(new Reference("Patient/" + patientId));
    encounter.setServiceProvider(organization(at));
    write(at, encounter);
  }

  /** A result of alanine aminotransferase, reference range 9 to 50. */
  void alanineAminotransferase(InstitutionId at, String patientId, String collected, String value) {
    var result = alt(value).setSubject(new Reference("Patient/" + patientId));
    result.setEffective(new DateTimeType(collected));
    result.addPerformer(organization(at));
    write(at, result);
  }

  static Observation alt(String value) {
    var result = new Observation();
    result.setId(UUID.randomUUID().toString());
    result.setStatus(ObservationStatus.FINAL);
    result.addCategory(
        new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, "laboratory", null)));
    result.setCode(new CodeableConcept(new Coding(NamingSystems.LOINC, "1742-6", null)));
    result.setValue(enzyme(value));
    result.addReferenceRange().setLow(enzyme("9")).setHigh(enzyme("50"));
    var high = new BigDecimal(value).compareTo(new BigDecimal("50")) > 0;
    result.addInterpretation(
        new CodeableConcept(new Coding(INTERPRETATION, high ? "H" : "N", null)));
    return result;
  }

  private static Quantity enzyme(String value) {
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setUnit("U/L")
        .setSystem(NamingSystems.UCUM)
        .setCode("U/L");
  }

  private static Reference organization(InstitutionId institution) {
    return new Reference("Organization/" + institution.name())
        .setIdentifier(institution.asIdentifier());
  }

  private void write(InstitutionId at, Resource resource) {
    var caller =
        new Caller(
            at.name(),
            at.name(),
            Optional.of(at),
            Set.of(Role.HOSPITAL),
            Scopes.all(),
            "TREAT",
            CorrelationId.random());
    write.put(
        resource,
        Optional.empty(),
        new WriteContext(caller, Optional.of(at), Optional.empty(), "urn:test"));
  }

  /** Of the form and check digit of GB 11643, of nobody; born on 4 May 1971, male. */
  static String residentId() {
    var random = ThreadLocalRandom.current();
    var digits =
        "5116%02d19710504%02d%d"
            .formatted(random.nextInt(10, 90), random.nextInt(100), 2 * random.nextInt(5) + 1);
    var sum = 0;
    for (var i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * Character.digit(digits.charAt(i), 10);
    }
    return digits + "10X98765432".charAt(sum % 11);
  }
}
