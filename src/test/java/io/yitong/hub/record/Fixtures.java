package io.yitong.hub.record;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.WriteContext;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Records to be stored, each with ids of its own: all tests share one database. */
public final class Fixtures {
  public static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");
  public static final InstitutionId OTHER_HOSPITAL =
      new InstitutionId("urn:yitong:institution:500102-fuling-hospital");
  public static final String NUMBERS = HOSPITAL.numberSystem("patient");

  private Fixtures() {}

  public static WriteContext through(InstitutionId institution) {
    return new WriteContext(
        new Caller(
            institution.name(),
            institution.name(),
            Optional.of(institution),
            Set.of(Role.HOSPITAL),
            Scopes.all(),
            "TREAT",
            CorrelationId.random()),
        Optional.of(institution),
        Optional.empty(),
        "");
  }

  public static WriteContext asOf(String time) {
    var context = through(HOSPITAL);
    return new WriteContext(
        context.caller(), context.institution(), Optional.of(Instant.parse(time)), "urn:test:feed");
  }

  public static WriteContext hub() {
    return new WriteContext(
        Caller.hub("test", CorrelationId.random()), Optional.empty(), Optional.empty(), "");
  }

  public static ReadFilter relatedTo(InstitutionId institution) {
    return new ReadFilter(new RelatedTo(institution), ReadFilter.everything().types());
  }

  public static String randomId() {
    return UUID.randomUUID().toString();
  }

  public static Patient patient(String id) {
    var patient = new Patient();
    patient.setId(id);
    patient.addIdentifier().setSystem(NUMBERS).setValue("P-" + id);
    patient.addName().setFamily("王").addGiven("瑋").setText("王瑋");
    patient.setBirthDateElement(new org.hl7.fhir.r4.model.DateType("1970-05-17"));
    patient.setManagingOrganization(new Reference().setIdentifier(HOSPITAL.asIdentifier()));
    return patient;
  }

  public static Observation observation(String patientId, String code, String time, double value) {
    var observation = new Observation();
    observation.setId(randomId());
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(concept(NamingSystems.OBSERVATION_CATEGORY, "laboratory"));
    observation.setCode(concept(HOSPITAL.numberSystem("lab-code"), code));
    observation.setSubject(new Reference("Patient/" + patientId));
    observation.setEffective(new DateTimeType(time));
    observation.setValue(
        new Quantity()
            .setValue(BigDecimal.valueOf(value))
            .setUnit("U/L")
            .setSystem(NamingSystems.UCUM)
            .setCode("U/L"));
    observation.addPerformer(new Reference().setIdentifier(HOSPITAL.asIdentifier()));
    return observation;
  }

  public static Encounter encounter(String patientId) {
    var encounter = new Encounter();
    encounter.setId(randomId());
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter.setClass_(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    encounter.setSubject(new Reference("Patient/" + patientId));
    encounter.setServiceProvider(new Reference().setIdentifier(HOSPITAL.asIdentifier()));
    return encounter;
  }

  /** The versions of a resource, newest first. */
  public static List<StoredResource> versions(ReadHistory history, ResourceKey key) {
    var query =
        new HistoryQuery(
            new HistoryQuery.OfInstance(key),
            Optional.empty(),
            Optional.empty(),
            1000,
            Optional.empty());
    return history.page(query, ReadFilter.everything()).versions();
  }

  public static CodeableConcept concept(String system, String code) {
    return new CodeableConcept().addCoding(new Coding(system, code, null));
  }

  /** A transaction that puts each resource under its own id. */
  public static Bundle putting(Resource... resources) {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (var resource : resources) {
      bundle
          .addEntry()
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
    return bundle;
  }
}
