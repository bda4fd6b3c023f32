package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The second day: admission, the order, what the hub says of it, the doctor's choice. */
final class AtChongqing {
  private static final int HIS_PORT = 2585;
  private static final String CLIENT = "chongqing-his";
  private static final String HOOK = "/cds-services/mutual-recognition-order-sign";
  private static final String CHART = "/cds-services/mutual-recognition-patient-view";
  private static final Duration READING = Duration.ofSeconds(15);
  private static final String CHARGE_ITEM = "https://yitong.io/fhir/CodeSystem/charge-item";
  private static final String RECOGNISED_RESULT =
      "https://yitong.io/fhir/StructureDefinition/recognised-result";
  private static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

  private final Scene scene;
  private final Narrator narrator;
  private final Cast cast;
  private String patientId;
  private String encounterId;

  AtChongqing(Scene scene, Cast cast) {
    this.scene = scene;
    this.narrator = scene.narrator();
    this.cast = cast;
  }

  String patientId() {
    return patientId;
  }

  void admit() {
    narrator.begin(Chapter.ADMISSION);
    var control = "B" + cast.mark();
    scene.deliver(
        "ADT^A01",
        HIS_PORT,
        Messages.admission(
            control,
            cast.admitted(),
            cast.chongqingNumber(),
            "I" + cast.mark(),
            cast.admittedAt(),
            "UNICODE UTF-8"),
        StandardCharsets.UTF_8,
        control);
  }

  void knowThePerson() {
    narrator.begin(Chapter.PERSON);
    var number = Cast.institution(Cast.UNIVERSITY_HOSPITAL) + ":patient|" + cast.chongqingNumber();
    var patients =
        scene.read(Region.CHONGQING, CLIENT, "Patient?identifier=" + Http.encode(number));
    narrator.check(
        "one Patient under the Chongqing number", patients.path("entry").size() == 1, patients);
    var patient = Scene.entries(patients).findFirst().orElseThrow();
    patientId = patient.path("id").asText();
    var encounters = scene.read(Region.CHONGQING, CLIENT, "Encounter?patient=" + patientId);
    narrator.check("an Encounter", !encounters.path("entry").isEmpty(), encounters);
    encounterId = Scene.entries(encounters).findFirst().orElseThrow().path("id").asText();
    var persons = scene.read(Region.CHONGQING, CLIENT, "Person?patient=" + patientId);
    narrator.check("one Person links this Patient", persons.path("entry").size() == 1, persons);
    var person = Scene.entries(persons).findFirst().orElseThrow();
    narrator.received(person);
    narrator.check(
        "the Patient carries the resident ID of the card",
        Scene.identifier(patient, RESIDENT_ID)
            .filter(id -> id.path("value").asText().equals(cast.admitted().residentId()))
            .isPresent(),
        patient);
    narrator.check(
        "and is linked to the Person for certain (level4)",
        Scene.each(person.path("link"))
            .filter(link -> link.path("target").path("reference").asText().endsWith(patientId))
            .anyMatch(link -> link.path("assurance").asText().equals("level4")),
        person);
  }

  /** Asks before signing; what comes back concerns earlier results, or says whose are missing. */
  Card order() {
    narrator.begin(Chapter.FINDING);
    openChart();
    var answer = scene.post(Region.CHONGQING, CLIENT, HOOK, orderSign());
    narrator.check("HTTP 200", answer.status() == 200, answer.status() + " " + answer.body());
    var cards = answer.json().path("cards");
    narrator.received(cards);
    var about =
        Scene.each(cards)
            .filter(
                card ->
                    (card.path("summary").asText() + card.path("detail").asText()).contains("邻水"))
            .findFirst();
    narrator.check(
        "the hub names an earlier result from Linshui, or says that Linshui's answer is missing",
        about.isPresent(),
        "the answer has %d cards, none about Linshui".formatted(cards.size()));
    return new Card(about.orElseThrow());
  }

  /**
   * The doctor reads before ordering; meanwhile the hub fetches what partners hold, which began at
   * admission. Nothing to be seen by the end of it does not keep the doctor from ordering.
   */
  private void openChart() {
    narrator.sent(
        "POST %s%s as %s, again until it shows results from Linshui or %d s are over"
            .formatted(
                scene.stack().hub(Region.CHONGQING).address(), CHART, CLIENT, READING.toSeconds()),
        patientView());
    var start = System.nanoTime();
    var shown = Waiting.until(READING, this::chartShowsLinshui);
    narrator.note(
        "← %s after %.1f s"
            .formatted(
                shown ? "shows results from Linshui" : "shows nothing from Linshui",
                (System.nanoTime() - start) / 1e9));
  }

  private boolean chartShowsLinshui() {
    var answer = scene.postSilently(Region.CHONGQING, CLIENT, CHART, patientView());
    return answer.status() == 200
        && Scene.each(answer.json().path("cards")).anyMatch(card -> new Card(card).says("邻水"));
  }

  /** Whether an order placed now would be answered with what every partner holds; asks silently. */
  boolean everyPartnerAnswers() {
    if (patientId == null) {
      return true;
    }
    var answer = scene.postSilently(Region.CHONGQING, CLIENT, HOOK, orderSign());
    return answer.status() == 200
        && Scene.each(answer.json().path("cards"))
            .noneMatch(card -> new Card(card).says("未在时限内答复"));
  }

  private ObjectNode patientView() {
    var body = Http.JSON.createObjectNode();
    body.put("hook", "patient-view");
    body.put("hookInstance", UUID.randomUUID().toString());
    body.putObject("context")
        .put("userId", "Practitioner/2077")
        .put("patientId", patientId)
        .put("encounterId", encounterId);
    return body;
  }

  void recommended(Card card) {
    narrator.begin(Chapter.RECOMMENDATION);
    narrator.note(card.summary());
    card.detail().lines().forEach(narrator::note);
    narrator.check("recommended for recognition (推荐互认)", card.recommends(), card.summary());
    narrator.check("names the laboratory 邻水县人民医院", card.says("邻水县人民医院"), card.detail());
    narrator.check("carries the mark 川渝HR", card.says("川渝HR"), card.detail());
    narrator.check("says until when it is valid", card.says(lastDay()), card.detail());
    narrator.check("says how much is saved: 60 yuan", card.says("节省 60"), card.detail());
  }

  void accept(Card card) {
    narrator.begin(Chapter.ACCEPTANCE);
    var feedback = Http.JSON.createObjectNode();
    var entry = feedback.putArray("feedback").addObject();
    entry.put("card", card.uuid());
    entry.put("outcome", "accepted");
    entry.putArray("acceptedSuggestions").addObject().put("id", card.suggestion());
    entry.put("outcomeTimestamp", Instant.now().toString());
    var answer = scene.post(Region.CHONGQING, CLIENT, HOOK + "/feedback", feedback);
    narrator.check("HTTP 200", answer.status() == 200, answer.status() + " " + answer.body());
    var orders =
        scene.read(
            Region.CHONGQING,
            CLIENT,
            "ServiceRequest?patient=" + patientId + "&identifier=" + Http.encode(orderNumber()));
    narrator.check("the order is kept", orders.path("entry").size() == 1, orders);
    var order = Scene.entries(orders).findFirst().orElseThrow();
    narrator.received(order);
    narrator.check(
        "withdrawn: status revoked", order.path("status").asText().equals("revoked"), order);
    var sources =
        Scene.each(order.path("extension"))
            .filter(extension -> extension.path("url").asText().equals(RECOGNISED_RESULT))
            .map(extension -> extension.path("valueReference").path("reference").asText())
            .toList();
    narrator.check(
        "linked to %d results at Linshui".formatted(cast.panel().size()),
        sources.size() >= cast.panel().size()
            && sources.stream()
                .allMatch(
                    url ->
                        url.startsWith(
                            scene.stack().hub(Region.LINSHUI).address() + "/fhir/Observation/")),
        sources);
  }

  /** Every analyte of the panel counts for 30 days from collection (rules/recognition). */
  private String lastDay() {
    return cast.report().collected().toLocalDate().plusDays(30).toString();
  }

  private String orderNumber() {
    return Cast.institution(Cast.UNIVERSITY_HOSPITAL) + ":order|Q" + cast.mark();
  }

  ObjectNode orderSign() {
    try {
      var body = Http.JSON.createObjectNode();
      body.put("hook", "order-sign");
      body.put("hookInstance", UUID.randomUUID().toString());
      var context = body.putObject("context");
      context.put("userId", "Practitioner/2077");
      context.put("patientId", patientId);
      context.put("encounterId", encounterId);
      context.set("draftOrders", draft());
      return body;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new LaunchFailure("The draft order is no JSON", e);
    }
  }

  private JsonNode draft() throws com.fasterxml.jackson.core.JsonProcessingException {
    return Http.JSON.readTree(
        """
        {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {
          "resourceType": "ServiceRequest",
          "id": "draft-%s",
          "identifier": [{"system": "%s:order", "value": "Q%s"}],
          "status": "draft", "intent": "order",
          "code": {"coding": [{"system": "%s", "code": "LIVER", "display": "肝功能"}]},
          "subject": {"reference": "Patient/%s"},
          "encounter": {"reference": "Encounter/%s"},
          "authoredOn": "%s"}}]}
        """
            .formatted(
                cast.mark().toLowerCase(java.util.Locale.ROOT),
                Cast.institution(Cast.UNIVERSITY_HOSPITAL),
                cast.mark(),
                CHARGE_ITEM,
                patientId,
                encounterId,
                cast.admission()));
  }
}
