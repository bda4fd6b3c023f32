package io.yitong.hub.exchange;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Sets the scene for tests of the exchange: patients here, partners there. */
@ApplicationScoped
class Neighbourhood {
  static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private final WriteResources write;
  private final Persons persons;
  private final AgroalDataSource database;

  Neighbourhood(WriteResources write, Persons persons, AgroalDataSource database) {
    this.write = write;
    this.persons = persons;
    this.database = database;
  }

  /**
   * @param person of the Patient just written
   */
  record Admitted(PersonId person, String patientId, String residentId) {}

  Admitted patient(Optional<String> residentId) {
    var patient = new Patient();
    patient.setId(UUID.randomUUID().toString());
    patient
        .addIdentifier()
        .setSystem(HOSPITAL.numberSystem("patient"))
        .setValue(UUID.randomUUID().toString());
    residentId.ifPresent(
        id -> patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(id));
    patient.addName().setText("王瑋");
    patient.setManagingOrganization(hospital());
    write(patient, Optional.of(HOSPITAL));
    var link = persons.of(patient.getIdPart()).orElseThrow();
    return new Admitted(link.person(), patient.getIdPart(), residentId.orElse(""));
  }

  Encounter encounter(String patientId, EncounterStatus status) {
    var encounter = new Encounter();
    encounter.setId(DeterministicId.of(HOSPITAL, "encounter", UUID.randomUUID().toString()));
    encounter.setStatus(status).setSubject(new Reference("Patient/" + patientId));
    encounter.setServiceProvider(hospital());
    encounter.setClass_(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    write(encounter, Optional.of(HOSPITAL));
    return encounter;
  }

  /** The hospital as resources name it. */
  static Reference hospital() {
    return new Reference("Organization/" + HOSPITAL.name()).setIdentifier(HOSPITAL.asIdentifier());
  }

  /** Registers what {@code server} plays, under an id of its own, and returns the Endpoint. */
  Endpoint register(PartnerServer server) {
    return register(server.base(), server.root() + "/token", "client-" + UUID.randomUUID());
  }

  Endpoint register(String base, String tokenEndpoint, String clientHere) {
    var id = "hub-" + UUID.randomUUID();
    write(Registration.organization(id), Optional.empty());
    var endpoint = Registration.endpoint(id, base, tokenEndpoint, clientHere);
    write(endpoint, Optional.empty());
    return endpoint;
  }

  void remove(Endpoint endpoint) {
    write(endpoint.setStatus(EndpointStatus.OFF), Optional.empty());
  }

  void write(Resource resource, Optional<InstitutionId> owner) {
    var caller = Caller.hub("test", CorrelationId.random());
    write.put(
        resource, Optional.empty(), new WriteContext(caller, owner, Optional.empty(), "urn:test"));
  }

  /** In one transaction, as a message's resources are. */
  void writeTogether(List<? extends Resource> resources, InstitutionId owner) {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (var resource : resources) {
      var reference = resource.fhirType() + "/" + resource.getIdPart();
      bundle
          .addEntry()
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl(reference);
    }
    write.transaction(
        bundle,
        new WriteContext(
            Caller.hub("test", CorrelationId.random()),
            Optional.of(owner),
            Optional.empty(),
            "urn:test"));
  }

  /** Moves what is held of the person into the past. */
  void age(PersonId person, String fetched, String expires) {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "update partner_holding set fetched_at = now() + ?::interval,"
                    + " expires_at = now() + ?::interval where person = ?")) {
      update.setString(1, fetched);
      update.setString(2, expires);
      update.setObject(3, person.value());
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A partner that knows the person, with one laboratory result. */
  static PartnerServer knowing(String residentId) {
    var patient = new Patient();
    patient.setId("there");
    patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId);
    var match = new Bundle().setType(BundleType.SEARCHSET);
    match
        .addEntry()
        .setResource(patient)
        .getSearch()
        .addExtension(
            "http://hl7.org/fhir/StructureDefinition/match-grade", new CodeType("certain"));
    var result = new Observation();
    result.setId("alt");
    result.getMeta().setVersionId("1");
    result.setSubject(new Reference("Patient/there"));
    result.addCategory(
        new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, "laboratory", null)));
    var results = new Bundle().setType(BundleType.SEARCHSET);
    results.addEntry().setResource(result);
    return new PartnerServer(TestExchangeKey.published())
        .when("/fhir/Patient/$match", match)
        .when("/fhir/Observation", results)
        .when("/fhir/DiagnosticReport", new Bundle().setType(BundleType.SEARCHSET));
  }

  /** Of the right form and check digit (GB 11643), of nobody. */
  static String residentId() {
    var digits = "51162319800101%03d".formatted(ThreadLocalRandom.current().nextInt(1000));
    var year = 1930 + ThreadLocalRandom.current().nextInt(80);
    var day = 1 + ThreadLocalRandom.current().nextInt(28);
    digits =
        digits.substring(0, 6)
            + year
            + "%02d%02d".formatted(1 + ThreadLocalRandom.current().nextInt(12), day)
            + digits.substring(14);
    var sum = 0;
    for (var i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * Character.digit(digits.charAt(i), 10);
    }
    return digits + "10X98765432".charAt(sum % 11);
  }
}
