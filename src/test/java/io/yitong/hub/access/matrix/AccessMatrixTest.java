package io.yitong.hub.access.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.access.matrix.Matrix.Cell;
import io.yitong.hub.api.PartnerAgreement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Asks the hub, by HTTP and with tokens, for every cell of access/matrix.txt. */
@QuarkusTest
class AccessMatrixTest {
  private static final int FEWEST = 400;

  @Test
  void every_caller_gets_what_the_table_says_and_nothing_else() {
    var cells = Matrix.cells();
    var world = new World(Callers.clinician());
    var wrong = new ArrayList<String>();

    PartnerAgreement.with(
        client -> {
          var callers = new Callers(client);
          for (var cell : cells) {
            var subject = world.of(cell.relationship());
            var caller = callers.of(cell.role(), world.of("own"));
            if (isGiven(cell, subject, caller) != cell.given()) {
              wrong.add(cell + " should" + (cell.given() ? "" : " not") + " be given");
            }
          }
        });

    assertThat(wrong).isEmpty();
    assertThat(cells).hasSizeGreaterThan(FEWEST);
  }

  @Test
  void beside_every_denial_stands_a_permit_that_differs_in_one_factor() {
    var cells = Matrix.cells();
    var permits = cells.stream().filter(Cell::given).toList();

    var alone =
        cells.stream()
            .filter(cell -> !cell.given())
            .filter(denial -> permits.stream().noneMatch(denial::isBeside))
            .toList();

    assertThat(alone).isEmpty();
  }

  private static boolean isGiven(Cell cell, Subject subject, RequestSpecification caller) {
    var column = cell.column();
    return switch (cell.interaction()) {
      case "read" -> isRead(caller, "/fhir/" + subject.reference(column));
      case "vread" -> isRead(caller, "/fhir/" + subject.reference(column) + "/_history/1");
      case "history" -> isRead(caller, "/fhir/" + subject.reference(column) + "/_history");
      case "search" ->
          isFound(
              caller,
              "/fhir/" + subject.type(column) + "?_id=" + subject.id(column),
              subject,
              column);
      case "count of the patient's" -> isCounted(caller, subject, column);
      case "include with the Patient" -> isFound(caller, included(subject), subject, column);
      case "the Patient that has it" ->
          isFound(
              caller,
              "/fhir/Patient?_id=%s&_has:%s:patient:_id=%s"
                  .formatted(subject.id("Patient"), subject.type(column), subject.id(column)),
              subject,
              "Patient");
      case "update" -> isUpdated(caller, subject, column);
      default -> throw new IllegalStateException("matrix.txt: " + cell.interaction());
    };
  }

  /** A refusal says nothing else than that it is one. */
  private static boolean isRead(RequestSpecification caller, String path) {
    var status = caller.get(path).statusCode();
    assertThat(status).as(path).isIn(200, 403);
    return status == 200;
  }

  private static boolean isFound(
      RequestSpecification caller, String path, Subject subject, String column) {
    var answer = caller.get(path);
    assertThat(answer.statusCode()).as(path).isIn(200, 403);
    return answer.statusCode() == 200
        && ids(answer.jsonPath().getList("entry.resource.id")).contains(subject.id(column));
  }

  /** Of the type's resources in the record, whether the one is among those counted. */
  private static boolean isCounted(RequestSpecification caller, Subject subject, String column) {
    var path =
        "/fhir/%s?patient=%s&_id=%s&_summary=count"
            .formatted(subject.type(column), subject.id("Patient"), subject.id(column));
    var answer = caller.get(path);
    assertThat(answer.statusCode()).as(path).isIn(200, 403);
    return answer.statusCode() == 200 && answer.jsonPath().getInt("total") == 1;
  }

  private static String included(Subject subject) {
    return "/fhir/Patient?_id=%s&_include=Patient:organization".formatted(subject.id("Patient"))
        + "&_revinclude=Encounter:patient&_revinclude=Observation:patient"
        + "&_revinclude=DiagnosticReport:patient&_revinclude=Condition:patient";
  }

  private static boolean isUpdated(RequestSpecification caller, Subject subject, String column) {
    var reference = "/fhir/" + subject.reference(column);
    var resource = subject.resources().get(column).copy();
    resource.getMeta().addTag().setSystem("urn:yitong:test").setCode("changed");
    var status = caller.body(World.json(resource)).put(reference).statusCode();
    assertThat(status).as(reference).isIn(200, 403);
    return status == 200;
  }

  private static List<String> ids(List<String> found) {
    return found == null ? List.of() : found;
  }
}
