package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Waiting;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.format.DateTimeFormatter;

/** The first day: registration, results, a township's file, the record. */
final class AtLinshui {
  private static final int HIS_PORT = 2575;
  private static final int LIS_PORT = 2576;
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final String IN_MSH_18 = "GB 18030-2000";
  private static final String CLIENT = "linshui-his";
  private static final Duration FILE_LIMIT = Duration.ofSeconds(30);

  private final Scene scene;
  private final Narrator narrator;
  private final Cast cast;

  AtLinshui(Scene scene, Cast cast) {
    this.scene = scene;
    this.narrator = scene.narrator();
    this.cast = cast;
  }

  void register() {
    narrator.begin(Chapter.REGISTRATION);
    var person = cast.patient();
    narrator.note(
        "%s, %s, born %s, resident ID %s, hospital number %s"
            .formatted(
                person.name(),
                person.male() ? "male" : "female",
                person.born(),
                person.residentId(),
                cast.linshuiNumber()));
    var bytes = person.given().getBytes(GB18030);
    narrator.check(
        "the name holds a character whose second byte in GB18030 is '|'",
        bytes[bytes.length - 1] == '|',
        person.name());
    var control = "A" + cast.mark();
    scene.deliver(
        "ADT^A04",
        HIS_PORT,
        Messages.registration(
            control, person, cast.linshuiNumber(), "V" + cast.mark(), cast.registered(), IN_MSH_18),
        GB18030,
        control);
  }

  void sendResults() {
    narrator.begin(Chapter.RESULTS);
    var control = "L" + cast.mark();
    scene.deliver(
        "ORU^R01",
        LIS_PORT,
        Messages.results(
            control, cast.patient(), cast.linshuiNumber(), cast.report(), cast.panel(), IN_MSH_18),
        GB18030,
        control);
  }

  void dropFile() {
    narrator.begin(Chapter.TOWNSHIP_FILE);
    var folder = scene.stack().settings().inbox().resolve(Cast.TOWNSHIP);
    var file = folder.resolve("results-" + cast.mark() + ".csv");
    var csv = TownshipFile.write(cast);
    narrator.sent("file " + file + ", GB18030", csv);
    try {
      Files.createDirectories(folder);
      // Whole at once: a watcher must never see half of it.
      var draft = Files.writeString(folder.resolve("." + cast.mark() + ".draft"), csv, GB18030);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LaunchFailure("Cannot write " + file, e);
    }
    narrator.check(
        "the hub takes the file and holds its results",
        Waiting.until(FILE_LIMIT, this::fileTaken),
        "no Observation after " + FILE_LIMIT.toSeconds() + " s");
  }

  private boolean fileTaken() {
    var patient = scene.get(Region.LINSHUI, CLIENT, byNumber(Cast.TOWNSHIP, cast.townshipNumber()));
    if (patient.status() != 200 || patient.json().path("entry").isEmpty()) {
      return false;
    }
    var id = Scene.entries(patient.json()).findFirst().orElseThrow().path("id").asText();
    var results = scene.get(Region.LINSHUI, CLIENT, "Observation?patient=" + id);
    return results.status() == 200 && !results.json().path("entry").isEmpty();
  }

  private static String byNumber(String institution, String number) {
    return "Patient?identifier="
        + Http.encode(Cast.institution(institution) + ":patient|" + number);
  }

  void readRecord() {
    narrator.begin(Chapter.RECORD);
    var found =
        scene.read(Region.LINSHUI, CLIENT, byNumber(Cast.PEOPLE_HOSPITAL, cast.linshuiNumber()));
    narrator.check("one Patient", found.path("entry").size() == 1, found.path("entry").size());
    var patient = Scene.entries(found).findFirst().orElseThrow();
    narrator.received(patient);
    var name = patient.path("name").path(0);
    narrator.check(
        "the name came through whole: " + cast.patient().name(),
        (name.path("family").asText() + name.path("given").path(0).asText())
            .equals(cast.patient().name()),
        name);
    narrator.check(
        "resident ID and birth date as sent",
        Scene.each(patient.path("identifier"))
                .anyMatch(id -> id.path("value").asText().equals(cast.patient().residentId()))
            && patient
                .path("birthDate")
                .asText()
                .equals(cast.patient().born().format(DateTimeFormatter.ISO_LOCAL_DATE)),
        patient);
    var observations =
        scene.read(
            Region.LINSHUI,
            CLIENT,
            "Observation?category=laboratory&_count=100&patient=" + patient.path("id").asText());
    for (var result : cast.panel()) {
      narrator.check(
          "LOINC %s %s %s %s"
              .formatted(result.loinc(), result.name(), result.value(), result.unit()),
          Scene.entries(observations).anyMatch(o -> shows(o, result)),
          "not among the %d Observations".formatted(observations.path("entry").size()));
    }
  }

  private static boolean shows(
      com.fasterxml.jackson.databind.JsonNode observation, LiverPanel.Result result) {
    return Scene.each(observation.path("code").path("coding"))
            .anyMatch(coding -> coding.path("code").asText().equals(result.loinc()))
        && Double.compare(
                observation.path("valueQuantity").path("value").asDouble(),
                Double.parseDouble(result.value()))
            == 0;
  }
}
