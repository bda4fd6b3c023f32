package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * What a transaction and a batch have in common with single interactions, and what they have not.
 */
@QuarkusTest
class TransactionTest {
  @Inject AuditRows audit;

  @Test
  void a_transaction_is_done_whole_or_not_at_all() {
    var id = randomId();
    var good = transaction(entry("PUT", "Patient/" + id, patient(id)), "");
    var other = randomId();
    var bad =
        transaction(
            entry("PUT", "Patient/" + other, patient(other)),
            "," + entry("PUT", "Observation/" + other, observation(other, "nobody")));

    hospital()
        .body(good)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("type", equalTo("transaction-response"))
        .body("entry[0].response.status", equalTo("201"))
        .body("entry[0].response.location", matchesPattern(".*/fhir/Patient/.*/_history/1"));
    hospital()
        .body(bad)
        .post("/fhir")
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("reference-unresolved"));
    hospital().get("/fhir/Patient/" + other).then().statusCode(403);
  }

  @Test
  void a_transaction_reads_what_it_wrote() {
    var id = randomId();
    var body =
        transaction(
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?_id=" + id + "\"}}",
            "," + entry("PUT", "Patient/" + id, patient(id)));

    hospital()
        .body(body)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry[0].resource.entry[0].resource.id", equalTo(id))
        .body("entry[1].response.status", equalTo("201"));
  }

  @Test
  void the_entries_of_a_batch_stand_alone() {
    var id = randomId();
    var body =
        """
        {"resourceType":"Bundle","type":"batch","entry":[%s,
          {"request":{"method":"GET","url":"Patient/%s"}},
          {"request":{"method":"GET","url":"Patient?colour=red"}},
          {"request":{"method":"DELETE","url":"Patient/%s"}}]}\
        """
            .formatted(entry("PUT", "Patient/" + id, patient(id)), id, id);
    var correlation = randomId();

    hospital()
        .header("X-Correlation-Id", correlation)
        .body(body)
        .post("/fhir")
        .then()
        .statusCode(200)
        .header("X-Correlation-Id", correlation)
        .body("entry.response.status", contains("201", "200", "400", "204"))
        .body(
            "entry[2].response.outcome.issue[0].details.coding[0].code",
            equalTo("search-parameter-unknown"));
    assertThat(audit.outcomes(correlation))
        .containsExactly("update", "read", "search-type search-parameter-unknown", "delete");
  }

  private static String transaction(String first, String others) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + first
        + others
        + "]}";
  }

  private static String entry(String method, String url, String resource) {
    return "{\"resource\":"
        + resource
        + ",\"request\":{\"method\":\""
        + method
        + "\",\"url\":\""
        + url
        + "\"}}";
  }
}
