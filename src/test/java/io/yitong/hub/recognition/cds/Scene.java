package io.yitong.hub.recognition.cds;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.recognition.books.CardId;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.ChargeItem;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.testing.TestIssuer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
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
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * One person, measured at one institution and about to be measured again at another; everything of
 * its own, so that tests do not meet.
 */
final class Scene {
  static final Catalogue CATALOGUE = Catalogue.load();

  final String number = UUID.randomUUID().toString().substring(0, 8);
  final InstitutionId laboratory = institution("511623-lab-" + number);
  final InstitutionId hospital = institution("500106-hospital-" + number);
  final InstitutionId stranger = institution("500102-stranger-" + number);
  final String patientThere = "there-" + number;
  final String patientHere = "here-" + number;
  final String encounterHere = "visit-" + number;
  final Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
  private final WriteResources write;
  private final String residentId = residentId();

  private Scene(WriteResources write) {
    this.write = write;
  }

  /**
   * A grown-up with a checked resident ID, known to both institutions and in care at the second.
   */
  static Scene of(WriteResources write) {
    var scene = new Scene(write);
    scene.write(scene.laboratory, scene.patient(scene.laboratory, scene.patientThere));
    scene.write(scene.hospital, scene.patient(scene.hospital, scene.patientHere));
    scene.write(scene.hospital, scene.encounter());
    return scene;
  }

  /** The same, but the second institution has no resident ID of the patient: nobody can be sure. */
  static Scene withoutResidentId(WriteResources write) {
    var scene = new Scene(write);
    var patient = scene.patient(scene.hospital, scene.patientHere);
    patient.getIdentifier().remove(1);
    scene.write(scene.hospital, patient);
    scene.write(scene.hospital, scene.encounter());
    return scene;
  }

  void measured(String loinc, String value, String unit) {
    write(laboratory, observation(loinc, value, unit));
  }

  void measuredWord(String loinc, String word) {
    var observation = observation(loinc, "0", "1");
    observation.setValue(new StringType(word));
    write(laboratory, observation);
  }

  void liverPanelMeasured() {
    liver().required().forEach(item -> measured(item.code(), "50", unit(item)));
  }

  static ChargeItem liver() {
    return CATALOGUE.chargeItems().stream()
        .filter(item -> item.code().equals("LIVER"))
        .findFirst()
        .orElseThrow();
  }

  private static String unit(Loinc item) {
    return CATALOGUE.item(item).orElseThrow().unit().orElseThrow();
  }

  /** The laboratory passed for every item, until that day; its control is in control. */
  void passedUntil(LocalDate validUntil) {
    var eqa =
        new StringBuilder("laboratory,loinc,scope,round,result,surveyed,published,valid_until\n");
    var iqc = new StringBuilder("laboratory,loinc,status,since\n");
    var published = RegionTime.day(yesterday).minusDays(100);
    for (var item : CATALOGUE.items()) {
      eqa.append(
          "%s,%s,chuanyu,1,passed,%s,%s,%s%n"
              .formatted(laboratory, item.loinc(), published, published, validUntil));
      iqc.append(
          "%s,%s,in-control,2025-01-01T00:00:00+08:00%n".formatted(laboratory, item.loinc()));
    }
    post("eqa", eqa.toString());
    post("iqc", iqc.toString());
  }

  void passed() {
    passedUntil(RegionTime.day(yesterday).plusDays(200));
  }

  private static void post(String what, String file) {
    var answer =
        given()
            .auth()
            .oauth2(TestIssuer.token("quality-body", null, "", "quality-body"))
            .contentType("text/csv; charset=UTF-8")
            .body(file)
            .post("/quality/" + what);
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
  }

  Response orderSign(InstitutionId institution, String patientId, String code) {
    return ask("mutual-recognition-order-sign", institution, orderSignBody(patientId, code));
  }

  /** The hospital orders {@code code} (LIVER, or a LOINC code) for the patient. */
  Response order(String code) {
    return orderSign(hospital, patientHere, code);
  }

  String orderSignBody(String patientId, String code) {
    var system = code.contains("-") ? NamingSystems.LOINC : NamingSystems.CHARGE_ITEM;
    return """
    {"hook":"order-sign","hookInstance":"%s",
     "context":{"userId":"Practitioner/1","patientId":"%s","encounterId":"%s",
      "draftOrders":{"resourceType":"Bundle","type":"collection","entry":[{"resource":
       {"resourceType":"ServiceRequest","id":"draft-1","status":"draft","intent":"order",
        "subject":{"reference":"Patient/%s"},"requester":{"reference":"Practitioner/1"},
        "code":{"coding":[{"system":"%s","code":"%s"}],"text":"肝功能"}}}]}}}"""
        .formatted(UUID.randomUUID(), patientId, encounterHere, patientId, system, code);
  }

  Response view() {
    return ask(
        "mutual-recognition-patient-view",
        hospital,
        """
        {"hook":"patient-view","hookInstance":"%s",
         "context":{"userId":"Practitioner/1","patientId":"%s"}}"""
            .formatted(UUID.randomUUID(), patientHere));
  }

  Response accept(InstitutionId institution, String card) {
    return feedback(
        institution,
        """
        {"card":"%s","outcome":"accepted","acceptedSuggestions":[{"id":"%s"}]}"""
            .formatted(card, Card.Suggestion.idOf(CardId.parse(card).orElseThrow())));
  }

  /**
   * @param reason the overrideReason object
   */
  Response override(String card, String reason) {
    return feedback(
        hospital,
        """
        {"card":"%s","outcome":"overridden","overrideReason":%s}"""
            .formatted(card, reason));
  }

  Response undo(InstitutionId institution, String order) {
    return given()
        .urlEncodingEnabled(false) // would hide the dollar sign
        .auth()
        .oauth2(token(institution))
        .contentType("application/fhir+json; charset=UTF-8")
        .body("{\"resourceType\":\"Parameters\"}")
        .post("/fhir/ServiceRequest/" + order + "/$undo-recognition");
  }

  void closeVisit() {
    write(hospital, encounter().setStatus(EncounterStatus.FINISHED));
  }

  private static String token(InstitutionId institution) {
    return TestIssuer.token(
        institution.name() + "-his", institution.urn(), "system/*.cruds", "hospital");
  }

  private Response feedback(InstitutionId institution, String entry) {
    return ask(
        "mutual-recognition-order-sign/feedback", institution, "{\"feedback\":[" + entry + "]}");
  }

  Response ask(String path, InstitutionId institution, String body) {
    return given()
        .auth()
        .oauth2(token(institution))
        .header("X-Correlation-Id", number)
        .contentType("application/json; charset=UTF-8")
        .body(body)
        .post("/cds-services/" + path);
  }

  Observation observation(String loinc, String value, String unit) {
    var observation = new Observation();
    observation.setId(UUID.randomUUID().toString());
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(
        new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, "laboratory", null)));
    observation.setCode(new CodeableConcept(new Coding(NamingSystems.LOINC, loinc, null)));
    observation.setSubject(new Reference("Patient/" + patientThere));
    observation.setEffective(new DateTimeType(Date.from(yesterday)));
    observation.setIssued(Date.from(yesterday.plus(2, ChronoUnit.HOURS)));
    observation.addPerformer(
        new Reference().setIdentifier(laboratory.asIdentifier()).setDisplay("邻水县人民医院检验科"));
    observation.setValue(
        new Quantity()
            .setValue(new BigDecimal(value))
            .setUnit(unit)
            .setSystem(NamingSystems.UCUM)
            .setCode(unit));
    observation
        .addReferenceRange()
        .setLow(new Quantity().setValue(new BigDecimal("7")))
        .setHigh(new Quantity().setValue(new BigDecimal("40")));
    return observation;
  }

  private Patient patient(InstitutionId institution, String id) {
    var patient = new Patient();
    patient.setId(id);
    patient.addIdentifier(number("MR", institution.numberSystem("patient")).setValue("P-" + id));
    patient.addIdentifier(number("NI", NamingSystems.RESIDENT_ID).setValue(residentId));
    patient.addName().setText("王瑋").setFamily("王").addGiven("瑋");
    patient.setBirthDateElement(new DateType("1971-05-04"));
    patient.setManagingOrganization(new Reference().setIdentifier(institution.asIdentifier()));
    return patient;
  }

  private static Identifier number(String type, String system) {
    return new Identifier()
        .setType(new CodeableConcept(new Coding(NamingSystems.V2_0203, type, null)))
        .setSystem(system);
  }

  private Encounter encounter() {
    var encounter = new Encounter();
    encounter.setId(encounterHere);
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter.setClass_(
        new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP", null));
    encounter.setSubject(new Reference("Patient/" + patientHere));
    encounter.setServiceProvider(new Reference().setIdentifier(hospital.asIdentifier()));
    return encounter;
  }

  void write(InstitutionId institution, Resource resource) {
    write.put(resource, Optional.empty(), context(institution));
  }

  static WriteContext context(InstitutionId institution) {
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
        "urn:test");
  }

  private static InstitutionId institution(String name) {
    return new InstitutionId("urn:yitong:institution:" + name);
  }

  /** GB 11643, born on 4 May 1971. */
  private static String residentId() {
    var weights = new int[] {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    var random = ThreadLocalRandom.current();
    var digits = "5116%02d19710504%03d".formatted(random.nextInt(10, 90), random.nextInt(1, 1000));
    var sum = 0;
    for (var i = 0; i < weights.length; i++) {
      sum += weights[i] * (digits.charAt(i) - '0');
    }
    return digits + "10X98765432".charAt(sum % 11);
  }
}
