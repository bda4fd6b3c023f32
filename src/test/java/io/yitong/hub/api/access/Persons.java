package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;

import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.identity.ResidentIds;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/** Persons known to Fuling, whose results the hospital would like to see; all through HTTP. */
final class Persons {
  /**
   * @param there Fuling's Patient
   * @param here the hospital's
   * @param result Fuling's ordinary result
   * @param hiv Fuling's result of a sensitive category
   */
  record Person(String there, String here, String result, String hiv) {}

  private Persons() {}

  static Person known() {
    var residentId = ResidentIds.text();
    var there = put(fuling(), patient(OTHER_HOSPITAL, residentId));
    var here = put(hospital(), patient(HOSPITAL, residentId));
    var hiv = result(there);
    hiv.getCode().addCoding(new Coding(NamingSystems.LOINC, "56888-1", null));
    return new Person(there, here, put(fuling(), result(there)), put(fuling(), hiv));
  }

  /** In the hospital's care. */
  static Person inCare() {
    var person = known();
    put(hospital(), Fixtures.encounter(person.here()));
    return person;
  }

  static Observation result(String patient) {
    return Fixtures.observation(patient, "ALT", "2026-03-01T07:30:00+08:00", 32);
  }

  private static Patient patient(InstitutionId institution, String residentId) {
    var patient = Fixtures.patient(Fixtures.randomId());
    // One that does not contradict the resident ID.
    patient.setBirthDate(null);
    patient
        .getIdentifierFirstRep()
        .setSystem(institution.numberSystem("patient"))
        .setValue(patient.getIdElement().getIdPart());
    patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId);
    patient.getManagingOrganization().setIdentifier(institution.asIdentifier());
    return patient;
  }

  /** A consent of the person, as Fuling keeps it; answers its id. */
  static String consent(Person person, String provision) {
    var id = Clients.randomId();
    fuling()
        .body(consentText(id, person, "active", provision))
        .put("/fhir/Consent/" + id)
        .then()
        .statusCode(201);
    return id;
  }

  static void withdraw(Person person, String consent, String provision) {
    fuling()
        .body(consentText(consent, person, "inactive", provision))
        .put("/fhir/Consent/" + consent)
        .then()
        .statusCode(200);
  }

  static String consentText(String id, Person person, String status, String provision) {
    return """
    {"resourceType":"Consent","id":"%s","status":"%s",
     "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
     "category":[{"coding":[{"system":"http://loinc.org","code":"59284-0"}]}],
     "patient":{"reference":"Patient/%s"},"dateTime":"2026-03-01",
     "policyRule":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"OPTIN"}]},
     "provision":%s}"""
        .formatted(id, status, person.there(), provision);
  }

  /** {@code "actor":[…]} that names the institution. */
  static String actor(InstitutionId institution) {
    return """
    "actor":[{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
      "reference":{"identifier":{"system":"urn:ietf:rfc:3986","value":"%s"}}}]"""
        .formatted(institution.urn());
  }

  static RequestSpecification clinician(String subject) {
    return Clients.with(
        TestIssuer.sign(
            TestIssuer.claims("yitong-console", "user/*.cruds", "clinician")
                .subject(subject)
                .claim("institution", Clients.HOSPITAL)
                .build()));
  }

  /** Writes it and answers its id. */
  static String put(RequestSpecification client, Resource resource) {
    var id = resource.getIdElement().getIdPart();
    client
        .body(new String(FhirJson.write(resource), StandardCharsets.UTF_8))
        .put("/fhir/" + resource.fhirType() + "/" + id)
        .then()
        .statusCode(201);
    return id;
  }
}
