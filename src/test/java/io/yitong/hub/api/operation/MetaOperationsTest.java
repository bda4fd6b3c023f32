package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.operation.Ward.admitted;
import static io.yitong.hub.api.operation.Ward.condition;
import static io.yitong.hub.api.operation.Ward.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.record.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetaOperationsTest {
  private static final String META = "parameter.find { it.name == 'return' }.valueMeta";

  @Test
  void a_tag_is_added_once_and_taken_away_without_a_new_version() {
    var condition = put(condition(admitted(), "2026-03-01"));
    var tag = Fixtures.randomId();
    var before = hospital().get("/fhir/" + condition).asString();

    for (var display : new String[] {"one", "two"}) {
      post(hospital(), condition, "meta-add", tagged(tag, display))
          .statusCode(200)
          .body(META + ".tag", hasSize(1))
          .body(META + ".tag[0].display", equalTo("one"))
          .body(META + ".versionId", equalTo("1"));
    }

    hospital()
        .get("/fhir/" + condition)
        .then()
        .header("ETag", "W/\"1\"")
        .body("meta.tag.code", equalTo(List.of(tag)));
    hospital().get("/fhir/" + condition + "/_history").then().body("entry", hasSize(1));
    found(tag).body("entry.resource.id", equalTo(List.of(condition.substring(10))));

    post(hospital(), condition, "meta-delete", tagged(tag, "whatever"))
        .statusCode(200)
        .body(META + ".tag", nullValue());
    found(tag).body("entry", nullValue());
    assertThat(hospital().get("/fhir/" + condition).asString()).isEqualTo(before);
  }

  @Test
  void profiles_and_labels_are_sets_of_their_own() {
    var condition = put(condition(admitted(), "2026-03-01"));
    var meta =
        """
        {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{
         "profile":["http://example.org/a","http://example.org/b"],
         "security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}}]}\
        """;

    post(hospital(), condition, "meta-add", meta)
        .statusCode(200)
        .body(META + ".profile", hasSize(2));
    post(
            hospital(),
            condition,
            "meta-delete",
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"profile\":[\"http://example.org/a\"]}}]}")
        .statusCode(200)
        .body(META + ".profile", equalTo(List.of("http://example.org/b")))
        .body(META + ".security", hasSize(1));

    hospital()
        .get("/fhir/" + condition + "/$meta")
        .then()
        .statusCode(200)
        .body(META + ".security[0].code", equalTo("R"));
  }

  @Test
  void what_is_in_use_is_told_as_far_as_one_sees_who_uses_it() {
    var condition = put(condition(admitted(), "2026-03-01"));
    var tag = Fixtures.randomId();
    post(hospital(), condition, "meta-add", tagged(tag, "mine")).statusCode(200);

    for (var level : new String[] {"", "Condition/"}) {
      hospital()
          .get("/fhir/" + level + "$meta")
          .then()
          .statusCode(200)
          .body(META + ".tag.code", hasItem(tag));
      fuling()
          .get("/fhir/" + level + "$meta")
          .then()
          .statusCode(200)
          .body(META + ".tag.code ?: []", not(hasItem(tag)));
    }
    hospital()
        .get("/fhir/Observation/$meta")
        .then()
        .body(META + ".tag.code ?: []", not(hasItem(tag)));
  }

  @Test
  void nobody_changes_or_sees_what_is_not_for_him() {
    var condition = put(condition(admitted(), "2026-03-01"));

    fuling().get("/fhir/" + condition + "/$meta").then().statusCode(403);
    post(fuling(), condition, "meta-add", tagged("x", "x")).statusCode(403);
    post(hospital(), condition, "meta-add", "").statusCode(400);
    hospital().get("/fhir/" + condition + "/$meta-add").then().statusCode(405);
  }

  private static ValidatableResponse found(String tag) {
    return hospital()
        .get("/fhir/Condition?_tag=http://example.org/tags%7C" + tag)
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse post(
      RequestSpecification client, String reference, String operation, String body) {
    return client.body(body).post("/fhir/" + reference + "/$" + operation).then();
  }

  private static String tagged(String code, String display) {
    return """
    {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":{"tag":[
     {"system":"http://example.org/tags","code":"%s","display":"%s"}]}}]}\
    """
        .formatted(code, display);
  }
}
