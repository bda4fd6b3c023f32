package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.hospital;

import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.api.PartnerAgreement;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** A patient in the care of the first hospital, and who may look. All through HTTP. */
final class Ward {
  private Ward() {}

  /** Writes it as the hospital's own; answers the reference. */
  static String put(Resource resource) {
    return put(hospital(), resource);
  }

  static String put(RequestSpecification client, Resource resource) {
    var reference = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    client
        .body(json(resource))
        .put("/fhir/" + reference)
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    return reference;
  }

  static String json(Resource resource) {
    return new String(FhirJson.write(resource), StandardCharsets.UTF_8);
  }

  /** A Patient with an Encounter at the hospital; answers its id. */
  static String admitted() {
    var id = Fixtures.randomId();
    put(Fixtures.patient(id));
    put(Fixtures.encounter(id));
    return id;
  }

  static Observation result(String patientId, String code, String time) {
    return Fixtures.observation(patientId, code, time, 32);
  }

  static Observation vitalSign(String patientId, String time) {
    var sign = Fixtures.observation(patientId, "HR", time, 72);
    sign.setCategory(List.of(Fixtures.concept(NamingSystems.OBSERVATION_CATEGORY, "vital-signs")));
    return sign;
  }

  static Condition condition(String patientId, String recorded) {
    var condition = new Condition();
    condition.setId(Fixtures.randomId());
    condition.setClinicalStatus(
        Fixtures.concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
    condition.getCode().setText("高血压 Hypertension");
    condition.setSubject(new Reference("Patient/" + patientId));
    condition.setRecordedDateElement(new DateTimeType(recorded));
    return condition;
  }

  static Practitioner practitioner() {
    var practitioner = new Practitioner();
    practitioner.setId(Fixtures.randomId());
    practitioner.addName().setText("李医生");
    practitioner
        .addIdentifier()
        .setSystem(Fixtures.HOSPITAL.numberSystem("practitioner"))
        .setValue(practitioner.getIdElement().getIdPart());
    return practitioner;
  }

  /** What the hub of another region, agreed with about laboratory results, is told. */
  static <T> T asPartner(Function<RequestSpecification, T> work) {
    var told = new AtomicReference<T>();
    PartnerAgreement.with(
        client ->
            told.set(
                work.apply(
                    Clients.with(TestIssuer.token(client, null, "system/*.rs", "partner")))));
    return told.get();
  }
}
