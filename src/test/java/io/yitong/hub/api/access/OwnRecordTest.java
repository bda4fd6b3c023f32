package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.access.Persons.known;
import static io.yitong.hub.api.access.Persons.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.api.access.Persons.Person;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person reads the record of their own, at every institution, and nothing of anybody else's. */
@QuarkusTest
class OwnRecordTest {
  /** Every way to a resource or to what says that there is one; @P a Patient, @O its result. */
  private static final List<String> ROUTES =
      List.of(
          "Patient/@P",
          "Patient/@P/_history",
          "Patient/@P/_history/1",
          "Patient/@P/$everything",
          "Patient/@P/$summary",
          "Patient/@P/$meta",
          "Patient/@P/*",
          "Patient/@P/Observation",
          "Patient?_id=@P",
          "Patient?_id=@P&_revinclude=Observation:patient",
          "Patient?_has:Observation:patient:_id=@O",
          "Patient?_id=@P&_summary=count",
          "Observation/@O",
          "Observation/@O/_history",
          "Observation/@O/_history/1",
          "Observation/@O/$meta",
          "Observation?_id=@O",
          "Observation?patient=@P",
          "Observation?patient=Patient/@P&_include=Observation:patient",
          "Observation?subject:Patient._id=@P",
          "Observation?patient=@P&_summary=count",
          "Observation/$lastn?patient=@P&category=laboratory",
          "?_type=Patient,Observation&_id=@P,@O",
          "_history?_count=500",
          "Patient/_history?_count=500",
          "Observation/_history?_count=500",
          "AuditEvent?patient=@P",
          "Patient/$export",
          "$export",
          "$explain-access?resource=Patient/@P&scope=system/*.rs&role=hospital");

  @Test
  void their_own_at_every_institution() {
    var person = known();

    for (var patient : List.of(person.here(), person.there())) {
      as(person).get("/fhir/Patient/" + patient).then().statusCode(200);
    }
    as(person).get("/fhir/Observation/" + person.result()).then().statusCode(200);
    as(person).get("/fhir/Observation/" + person.hiv()).then().statusCode(200);
    var everything = as(person).get("/fhir/Patient/" + person.there() + "/$everything");
    assertThat(everything.jsonPath().getList("entry.resource.id"))
        .contains(person.result(), person.hiv());
  }

  @Test
  void nothing_of_anybody_else_s_by_any_way() {
    var a = known();
    var b = known();
    var found =
        ROUTES.stream()
            .filter(
                route -> {
                  var answer = as(a).header("Prefer", "respond-async").get("/fhir/" + at(route, b));
                  assertThat(answer.statusCode()).as(route).isIn(200, 403);
                  // The links of a Bundle say what was asked.
                  var told = answer.asString().replaceAll("\"url\":\"[^\"]*\"", "");
                  return told.contains(b.there())
                      || told.contains(b.result())
                      || told.matches("(?s).*\"total\":1[,}].*");
                })
            .toList();

    assertThat(found).isEmpty();
  }

  @Test
  void what_there_is_and_what_there_is_not_are_answered_alike() {
    var a = known();
    var b = known();
    var nobody = new Person(Clients.randomId(), Clients.randomId(), Clients.randomId(), "");
    var routes =
        ROUTES.stream()
            .filter(route -> !route.contains("_history?") && !route.startsWith("AuditEvent"))
            .toList();

    for (var route : routes) {
      assertThat(told(a, route, b)).as(route).isEqualTo(told(a, route, nobody));
    }
  }

  @Test
  void they_write_nothing() {
    var person = known();

    as(person)
        .body(Clients.observation(Clients.randomId(), person.there()))
        .post("/fhir/Observation")
        .then()
        .statusCode(403);
    as(person).delete("/fhir/Observation/" + person.result()).then().statusCode(403);
  }

  @Test
  void an_app_opened_for_one_patient_sees_that_one_whatever_its_user_may() {
    var person = known();
    var other = put(fuling(), Fixtures.observation(person.there(), "AST", "2026-03-02", 30));
    var stranger = known();
    var app =
        Clients.with(
            TestIssuer.sign(
                TestIssuer.claims("growth-chart", "patient/*.rs", "clinician")
                    .claim("institution", Clients.FULING)
                    .claim("patient", person.there())
                    .build()));
    put(fuling(), Fixtures.encounter(person.there()));
    put(fuling(), Fixtures.encounter(stranger.there()));

    app.get("/fhir/Observation/" + other).then().statusCode(200);
    app.get("/fhir/Observation/" + stranger.result()).then().statusCode(403);
    fuling().get("/fhir/Observation/" + stranger.result()).then().statusCode(200);
  }

  private static String told(Person by, String route, Person about) {
    var answer = as(by).header("X-Correlation-Id", "same").get("/fhir/" + at(route, about));
    return answer.statusCode()
        + answer
            .asString()
            .replace(about.there(), "@P")
            .replace(about.result(), "@O")
            .replaceAll("\"(lastUpdated|timestamp|date)\":\"[^\"]*\"", "");
  }

  private static String at(String route, Person person) {
    return route.replace("@P", person.there()).replace("@O", person.result());
  }

  private static RequestSpecification as(Person person) {
    return Clients.with(
        TestIssuer.sign(
            TestIssuer.claims("my-record", "patient/*.cruds", "patient")
                .claim("patient", person.here())
                .build()));
  }
}
