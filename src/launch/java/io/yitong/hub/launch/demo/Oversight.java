package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.yitong.hub.launch.Http.Answer;
import io.yitong.hub.launch.Region;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Collectors;

/** Those who watch: the regulator, a hospital that has no business here, the privacy officer. */
final class Oversight {
  private static final String STRANGER = "fuling-his";

  private final Scene scene;
  private final Narrator narrator;
  private final Instant began;

  Oversight(Scene scene, Instant began) {
    this.scene = scene;
    this.narrator = scene.narrator();
    this.began = began.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * What the regulator reads.
   *
   * @param net savings after reversals, in yuan
   */
  record Figures(int recognised, double net) {}

  Figures figures() {
    return figures(report());
  }

  void counted(Figures before) {
    narrator.begin(Chapter.COUNT);
    narrator.note("→ GET Measure/mutual-recognition/$evaluate-measure as regulator");
    var report = report();
    narrator.received(
        Scene.each(report.path("group")).map(Oversight::line).collect(Collectors.joining("\n")));
    var after = figures(report);
    narrator.check(
        "recognised: %d, before the order %d".formatted(after.recognised(), before.recognised()),
        after.recognised() == before.recognised() + 1,
        after);
    narrator.check(
        "saved: %.2f yuan, before %.2f".formatted(after.net(), before.net()),
        Math.abs(after.net() - before.net() - 60) < 0.005,
        after);
  }

  void refuseStranger(String patientId) {
    narrator.begin(Chapter.STRANGER);
    var unknown = UUID.randomUUID().toString().replace("-", "");
    var refused = look(patientId);
    var nothing = look(unknown);
    narrator.check("HTTP 403 for the patient", refused.status() == 403, refused);
    narrator.check("HTTP 403 for an id that does not exist", nothing.status() == 403, nothing);
    narrator.check("the very same answer", refused.body().equals(nothing.body()), nothing.body());
  }

  void audited(String patientId) {
    narrator.begin(Chapter.AUDIT);
    var ofPatient = audit("patient=" + patientId);
    narrator.check(
        "the hospital's own looks at this patient are there",
        !ofPatient.path("entry").isEmpty(),
        ofPatient);
    narrator.received(ofPatient.path("entry").path(0).path("resource"));
    var ofStranger = audit("agent=" + STRANGER);
    narrator.check(
        "both refused looks of the strange hospital are there",
        Scene.entries(ofStranger)
                .filter(event -> !event.path("outcome").asText().equals("0"))
                .count()
            >= 2,
        ofStranger);
    var ofRegulator = audit("agent=regulator");
    narrator.check(
        "the regulator's looks are there", ofRegulator.path("entry").size() >= 2, ofRegulator);
  }

  private Answer look(String patientId) {
    narrator.note("→ GET Patient/%s as %s".formatted(patientId, STRANGER));
    var answer = scene.get(Region.CHONGQING, STRANGER, "Patient/" + patientId);
    narrator.received("HTTP " + answer.status() + " " + answer.body());
    return answer;
  }

  private JsonNode audit(String filter) {
    return scene.read(
        Region.CHONGQING,
        "privacy-officer",
        "AuditEvent?_count=500&date=ge" + began + "&" + filter);
  }

  private JsonNode report() {
    var today = LocalDate.now(Cast.CHINA);
    var answer =
        scene.get(
            Region.CHONGQING,
            "regulator",
            "Measure/mutual-recognition/$evaluate-measure?periodStart=%s&periodEnd=%s"
                .formatted(today.minusDays(1), today.plusDays(1)));
    narrator.check(
        "the regulator may read the measure",
        answer.status() == 200,
        answer.status() + " " + answer.body());
    return answer.json();
  }

  private static Figures figures(JsonNode report) {
    return new Figures(
        group(report, "recognised").path("population").path(0).path("count").asInt(),
        group(report, "savings-net").path("measureScore").path("value").asDouble());
  }

  private static String line(JsonNode group) {
    var score = group.path("measureScore");
    var value =
        score.isMissingNode()
            ? group.path("population").path(0).path("count").asText("-")
            : score.path("value").asText() + " " + score.path("unit").asText();
    return group.path("code").path("text").asText() + ": " + value;
  }

  private static JsonNode group(JsonNode report, String code) {
    return Scene.each(report.path("group"))
        .filter(
            group -> group.path("code").path("coding").path(0).path("code").asText().equals(code))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }
}
