package io.yitong.hub.attack;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQL through search values, and values that would keep a matcher busy. A value is a value: it is
 * searched for as it is, or refused by name; it is never part of a statement.
 */
@QuarkusTest
class SearchAttackTest {
  /** Ends of strings, comments, wildcards and functions of PostgreSQL. */
  private static final List<String> INJECTIONS =
      List.of(
          "' or '1'='1",
          "x') or true --",
          "1; drop table resource --",
          "\" or \"\"=\"",
          "$$ or true $$",
          "' union select content from resource --",
          "\\'; select pg_sleep(30); --",
          "1) or pg_sleep(30) is not null --",
          "?",
          ":1",
          "{fn now()}",
          "%",
          "_",
          "\\");

  /** One of every type, modifier and special parameter. */
  private static final List<String> PLACES =
      List.of(
          "Patient?_id=",
          "Patient?identifier=",
          "Patient?identifier=urn:x%7C",
          "Patient?identifier=NAME%7Cv",
          "Patient?identifier:not=",
          "Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203%7CMR%7C",
          "Patient?gender=",
          "Patient?gender:not=",
          "Patient?name=",
          "Patient?name:exact=",
          "Patient?name:contains=",
          "Patient?birthdate=",
          "Patient?birthdate=ge",
          "Patient?_lastUpdated=",
          "Patient?general-practitioner=",
          "Patient?general-practitioner:identifier=",
          "Patient?general-practitioner:Practitioner=",
          "Patient?organization.name=",
          "Patient?organization:Organization.name:contains=",
          "Patient?_has:Observation:patient:code=",
          "Patient?_has:Observation:",
          "Patient?_sort=",
          "Patient?_sort=name,",
          "Patient?_include=Patient:",
          "Patient?_include=Patient:organization:",
          "Patient?_revinclude=Observation:",
          "Patient?_cursor=",
          "Patient?_count=",
          "Patient?_elements=",
          "Patient?_summary=",
          "Patient?_total=",
          "Patient?_filter=name%20eq%20",
          "Patient?_filter=",
          "Patient?_tag=",
          "Patient?_profile=",
          "Patient?_security=",
          "Patient?_source=",
          "Patient?_text=",
          "Patient?_content=",
          "Patient?_list=",
          "Patient?_type=",
          "Patient?",
          "Patient?name:",
          "Observation?code:in=",
          "Observation?code:text=",
          "Observation?value-quantity=",
          "Observation?value-quantity=5%7Chttp://unitsofmeasure.org%7C",
          "Observation?value-string=",
          "Observation?combo-code-value-quantity=",
          "Observation?code-value-quantity=http://loinc.org%7C1-1$",
          "Observation?component-code-value-concept=a$",
          "Observation?date=",
          "Observation?subject:missing=",
          "RiskAssessment?probability=",
          "ValueSet?url=",
          "ValueSet?url:below=",
          "ValueSet?url:above=",
          "Location?near=",
          "Condition?code:below=",
          "?_type=");

  @Inject AgroalDataSource database;

  static Stream<String> places() {
    return PLACES.stream();
  }

  /** What none of the values means is never found by one of them. */
  @ParameterizedTest
  @MethodSource("places")
  void no_value_is_a_statement(String place) throws SQLException {
    var witness = put("Patient", patient(randomId()));
    var before = rows();
    for (var injection : INJECTIONS) {
      var answer = search(place + encoded(injection));

      assertThat(answer.statusCode())
          .as("%s%s: %s", place, injection, answer.asString())
          .isIn(200, 400, 404);
      assertThat(answer.asString())
          .doesNotContain("PSQLException", "syntax error", "org.postgresql");
      if (answer.statusCode() == 200 && mayBeFound(place)) {
        assertThat(answer.asString()).as("%s%s", place, injection).doesNotContain(witness);
      }
    }
    assertThat(rows()).isGreaterThanOrEqualTo(before);
  }

  /** The others ask for everything but the value, or for nothing in particular. */
  private static boolean mayBeFound(String place) {
    return Stream.of(
            ":not",
            "_count",
            "_sort",
            "_include",
            "_revinclude",
            "_elements",
            "_summary",
            "_total",
            "?_type",
            "_cursor",
            "Patient?=",
            "gender:not")
        .noneMatch(place::contains);
  }

  @Test
  void a_stored_value_is_found_by_itself_and_by_nothing_it_might_mean() {
    for (var injection :
        List.of("' or '1'='1", "x') or true --", "a%b_c\\d", "$1 ? :x", "；DROP TABLE")) {
      var id = randomId();
      put(
          "Patient",
          patient(id)
              .replace(
                  "\"text\":\"王瑋\"",
                  "\"text\":\"%s\"".formatted((injection + id).replace("\\", "\\\\"))));

      var exact = search("Patient?_elements=id&name:exact=" + encoded(injection + id));
      assertThat(exact.jsonPath().getList("entry.resource.id")).containsExactly(id);
      var contains = search("Patient?_elements=id&name:contains=" + encoded(injection + id));
      assertThat(contains.jsonPath().getList("entry.resource.id")).containsExactly(id);
      // sorted, paged and chained by what is stored
      assertThat(search("Patient?_sort=name&_count=1&_id=" + id).statusCode()).isEqualTo(200);
      var observation = put("Observation", observation(randomId(), id));
      var chained =
          search("Observation?_elements=id&patient.name:exact=" + encoded(injection + id));
      assertThat(chained.jsonPath().getList("entry.resource.id")).containsExactly(observation);
    }
  }

  @Test
  void percent_and_underscore_are_characters() {
    var id = randomId();
    put("Patient", patient(id).replace("\"text\":\"王瑋\"", "\"text\":\"ab" + id + "\""));

    assertThat(found("Patient?name:contains=" + encoded("b" + id))).containsExactly(id);
    assertThat(found("Patient?name:contains=" + encoded("%" + id))).isEmpty();
    assertThat(found("Patient?name:contains=" + encoded("_" + id))).isEmpty();
    assertThat(found("Patient?name=" + encoded("%b" + id))).isEmpty();
    assertThat(found("Patient?name=" + encoded("a_" + id))).isEmpty();
  }

  /** What keeps backtracking matchers busy is answered or refused like anything else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "((((((((((((((((((((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)$",
        "%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%x",
        "_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%_%x",
        "(?:a|a)*b",
        "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
      })
  void a_pattern_is_no_pattern(String value) {
    // Longer than an address can be: by a form.
    var many = value.repeat(200);
    for (var place : PLACES) {
      if (!place.startsWith("?")) {
        var answer = form(place + encoded(many));
        assertThat(answer.statusCode()).as(place + ": " + answer.asString()).isIn(200, 400, 404);
      }
    }
  }

  @Test
  void nesting_without_end_is_refused() {
    for (var query :
        List.of(
            "Patient?_filter=" + "(".repeat(3000) + "name%20eq%20a" + ")".repeat(3000),
            "Patient?_filter=" + "not%20(".repeat(1000) + "name%20eq%20a" + ")".repeat(1000),
            "Patient?" + "_has:Observation:patient:".repeat(200) + "code=x",
            "Patient?" + "link.".repeat(500) + "name=x",
            "Patient?_filter=" + "name%20eq%20a%20or%20".repeat(600) + "name%20eq%20b")) {
      assertThat(form(query).statusCode()).as(query.substring(0, 40)).isEqualTo(400);
    }
    assertThat(search("Patient?_filter=((name%20eq%20a))").statusCode()).isEqualTo(200);
  }

  private static List<String> found(String query) {
    List<String> ids = search(query + "&_elements=id").jsonPath().getList("entry.resource.id");
    return ids == null ? List.of() : ids;
  }

  private static Response search(String query) {
    return hospital().get("/fhir/" + query);
  }

  private static Response form(String query) {
    var parts = query.split("\\?", 2);
    return hospital()
        .contentType("application/x-www-form-urlencoded")
        .body(parts[1])
        .post("/fhir/" + parts[0] + "/_search");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private long rows() throws SQLException {
    try (var connection = database.getConnection();
        var rows = connection.createStatement().executeQuery("select count(*) from resource")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
