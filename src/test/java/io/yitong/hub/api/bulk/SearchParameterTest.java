package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SearchParameterTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Inject AgroalDataSource database;

  @Test
  void what_is_stored_already_is_found_once_the_parameter_is_complete_and_never_half() {
    var value = randomId();
    var ids = List.of(put(patient(randomId()), value), put(patient(randomId()), value));
    put(patient(randomId()), randomId());
    var code = code();

    define(randomId(), code, "string", "Patient.name.suffix").then().statusCode(201);

    // Until it is complete it is refused, with how far it is; never answered with less than all.
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () ->
                hospital()
                    .get("/fhir/Patient?" + code + "=" + value)
                    .then()
                    .statusCode(400)
                    .body("issue[0].details.coding[0].code", equalTo("search-parameter-not-ready"))
                    .body(
                        "issue[0].diagnostics",
                        startsWith(
                            "The search parameter " + code + " of Patient is being indexed (")));
    assertThat(firstAnswer("Patient?" + code + "=" + value))
        .containsExactlyInAnyOrderElementsOf(ids);
    hospital()
        .get("/fhir/metadata")
        .then()
        .body("rest[0].resource.find { it.type == 'Patient' }.searchParam.name", hasItem(code));
    operator()
        .get("/fhir/bulk")
        .then()
        .statusCode(200)
        .body("find { it.kind == 'search-parameter' }.state", equalTo("completed"));
  }

  @Test
  void what_is_written_while_it_is_being_indexed_is_found_too() throws InterruptedException {
    var value = randomId();
    var code = code();
    var stop = new AtomicBoolean();
    var written = new ArrayList<String>();
    written.add(put(patient(randomId()), value));
    var changing = put(patient(randomId()), randomId());
    var writer = Executors.newSingleThreadExecutor();
    writer.execute(
        () -> {
          while (!stop.get()) {
            written.add(put(patient(randomId()), value));
            hospital()
                .body(suffixed(patient(changing), randomId()))
                .put("/fhir/Patient/" + changing)
                .then()
                .statusCode(200);
          }
        });

    define(randomId(), code, "string", "Patient.name.suffix").then().statusCode(201);
    firstAnswer("Patient?" + code + "=" + value);
    stop.set(true);
    writer.shutdown();
    assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    var last = randomId();
    hospital()
        .body(suffixed(patient(changing), last))
        .put("/fhir/Patient/" + changing)
        .then()
        .statusCode(200);

    assertThat(found("Patient?_count=1000&" + code + "=" + value))
        .containsExactlyInAnyOrderElementsOf(written);
    assertThat(found("Patient?" + code + "=" + last)).containsExactly(changing);
    assertThat(written).hasSizeGreaterThan(2);
  }

  @Test
  void a_changed_parameter_is_built_anew_and_the_old_entries_go() throws SQLException {
    var family = randomId();
    var suffix = randomId();
    var id = put(patient(randomId()).replace("\"王\"", "\"" + family + "\""), suffix);
    var code = code();
    var definition = randomId();
    define(definition, code, "string", "Patient.name.suffix").then().statusCode(201);
    assertThat(firstAnswer("Patient?" + code + "=" + suffix)).containsExactly(id);
    var before = entries(suffix);

    define(definition, code, "string", "Patient.name.family").then().statusCode(200);

    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(status("Patient?" + code + "=" + suffix)).isEqualTo(400));
    assertThat(firstAnswer("Patient?" + code + "=" + family)).containsExactly(id);
    assertThat(found("Patient?" + code + "=" + suffix)).isEmpty();
    assertThat(entries(suffix)).isEqualTo(before - 1);
  }

  @Test
  void a_parameter_that_is_retired_or_deleted_is_unknown_and_leaves_no_entries()
      throws SQLException {
    for (var withdrawal : List.of("retired", "deleted")) {
      var value = randomId();
      var id = put(patient(randomId()), value);
      var code = code();
      var definition = randomId();
      var before = entries(value);
      define(definition, code, "string", "Patient.name.suffix").then().statusCode(201);
      assertThat(firstAnswer("Patient?" + code + "=" + value)).containsExactly(id);
      assertThat(entries(value)).isEqualTo(before + 1);

      if (withdrawal.equals("deleted")) {
        operator().delete("/fhir/SearchParameter/" + definition).then().statusCode(204);
      } else {
        operator()
            .body(
                definition(definition, code, "string", "Patient.name.suffix")
                    .replace("\"active\"", "\"retired\""))
            .put("/fhir/SearchParameter/" + definition)
            .then()
            .statusCode(200);
      }

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  hospital()
                      .get("/fhir/Patient?" + code + "=" + value)
                      .then()
                      .statusCode(400)
                      .body(
                          "issue[0].details.coding[0].code", equalTo("search-parameter-unknown")));
      await().atMost(LONG).untilAsserted(() -> assertThat(entries(value)).isEqualTo(before));
    }
  }

  @Test
  void every_kind_of_value_can_be_searched_by() {
    var patient = randomId();
    var year = "20" + (10 + (int) (Math.random() * 80));
    var birth = 100 + (int) (Math.random() * 1_000_000);
    hospital()
        .body(
            patient(patient)
                .replace(
                    "\"active\":true,",
                    """
                    "active":true,"multipleBirthInteger":%d,
                    "communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"zh-CN"}]},"preferred":true}],
                    "contact":[{"name":{"text":"%s"},"period":{"start":"%s-03-01","end":"%s-03-05"}}],\
                    """
                        .formatted(birth, patient, year, year)))
        .put("/fhir/Patient/" + patient)
        .then()
        .statusCode(201);
    var token = code();
    var date = code();
    var number = code();
    var text = code();
    define(randomId(), token, "token", "Patient.communication.where(preferred='true').language");
    define(randomId(), date, "date", "Patient.contact.period.first()");
    define(randomId(), number, "number", "Patient.multipleBirth.ofType(integer)");
    define(randomId(), text, "string", "Patient.contact.name");

    assertThat(firstAnswer("Patient?" + text + "=" + patient)).containsExactly(patient);
    var named = "&" + text + "=" + patient;
    assertThat(firstAnswer("Patient?" + token + "=urn:ietf:bcp:47%7Czh-CN" + named))
        .containsExactly(patient);
    assertThat(firstAnswer("Patient?" + date + "=" + year + "-03" + named))
        .containsExactly(patient);
    assertThat(firstAnswer("Patient?" + number + "=" + birth + named)).containsExactly(patient);
    assertThat(found("Patient?" + token + "=urn:ietf:bcp:47%7Cen" + named)).isEmpty();
    assertThat(found("Patient?" + date + "=gt" + year + "-04" + named)).isEmpty();
    assertThat(found("Patient?" + number + "=gt" + birth + named)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "identifier; token; Patient.identifier; code = identifier",
        "_id; token; Patient.id; code = _id",
        "x-1; composite; Patient.name; type = composite",
        "x-2; special; Patient.name; type = special",
        "x-3; string; Patient.name.where(use.exists()); not understood",
        "x-4; string; Patient.nonsense; no such element",
        "x-5; string; Observation.code; not understood",
        "x-6; date; Patient.name; yields HumanName",
        "x-7; quantity; Patient.gender; yields code",
        "x-8; string; Patient.name[x].family; not understood"
      })
  void what_cannot_be_offered_is_refused_with_the_reason(
      String code, String type, String expression, String reason) {
    var id = randomId();

    define(id, code, type, expression)
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("search-parameter-refused"))
        .body("issue[0].diagnostics", containsString(reason));

    operator().get("/fhir/SearchParameter/" + id).then().statusCode(403);
  }

  @Test
  void two_definitions_may_not_have_one_code() {
    var code = code();
    define(randomId(), code, "string", "Patient.name.suffix").then().statusCode(201);

    define(randomId(), code, "string", "Patient.name.prefix")
        .then()
        .statusCode(422)
        .body("issue[0].expression", containsInAnyOrder("SearchParameter.code"));
  }

  @Test
  void only_the_operator_defines() {
    var id = randomId();
    hospital()
        .body(definition(id, code(), "string", "Patient.name.suffix"))
        .put("/fhir/SearchParameter/" + id)
        .then()
        .statusCode(403);
  }

  @Test
  void a_draft_is_stored_and_not_searched_by() {
    var id = randomId();
    var code = code();
    operator()
        .body(
            definition(id, code, "string", "Patient.name.exists()")
                .replace("\"active\"", "\"draft\""))
        .put("/fhir/SearchParameter/" + id)
        .then()
        .statusCode(201);

    hospital()
        .get("/fhir/Patient?" + code + "=1")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("search-parameter-unknown"));
  }

  /** Ids of the first answer that is none but a refusal. */
  private static List<String> firstAnswer(String search) {
    await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> status(search) == 200);
    return found(search);
  }

  private static int status(String search) {
    return hospital().get("/fhir/" + search).statusCode();
  }

  private static List<String> found(String search) {
    var ids =
        hospital()
            .get("/fhir/" + search)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("entry.resource.id", String.class);
    return ids == null ? List.of() : ids;
  }

  /** Rows of the text index that hold the value. */
  private int entries(String value) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement("select count(*) from index_text where value = ?")) {
      select.setString(1, value);
      var rows = select.executeQuery();
      rows.next();
      return rows.getInt(1);
    }
  }

  private static String code() {
    return "x-" + randomId();
  }

  private static String put(String patient, String suffix) {
    var id = patient.replaceAll("(?s).*?\"id\":\"([^\"]+)\".*", "$1");
    hospital().body(suffixed(patient, suffix)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }

  private static String suffixed(String patient, String suffix) {
    return patient.replace(
        "\"given\":[\"瑋\"]", "\"given\":[\"瑋\"],\"suffix\":[\"" + suffix + "\"]");
  }

  private static Response define(String id, String code, String type, String expression) {
    return operator()
        .body(definition(id, code, type, expression))
        .put("/fhir/SearchParameter/" + id);
  }

  private static String definition(String id, String code, String type, String expression) {
    return """
    {"resourceType":"SearchParameter","id":"%s","url":"https://example.org/SearchParameter/%s","name":"Test","status":"active",
     "description":"For a test","code":"%s","base":["Patient"],"type":"%s","expression":"%s"}\
    """
        .formatted(id, id, code, type, expression);
  }
}
