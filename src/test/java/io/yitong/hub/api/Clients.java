package io.yitong.hub.api;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.testing.TestIssuer;
import java.util.UUID;

/** Callers with tokens, and what they send. */
public final class Clients {
  public static final String HOSPITAL = "urn:yitong:institution:500106-university-hospital";
  public static final String FULING = "urn:yitong:institution:500102-fuling-hospital";

  private Clients() {}

  public static RequestSpecification hospital() {
    return with(hospitalToken());
  }

  public static String hospitalToken() {
    return TestIssuer.token("chongqing-his", HOSPITAL, "system/*.cruds", "hospital");
  }

  public static RequestSpecification fuling() {
    return with(TestIssuer.token("fuling-his", FULING, "system/*.cruds", "hospital"));
  }

  public static RequestSpecification operator() {
    return with(TestIssuer.token("operator", null, "system/*.cruds", "operator"));
  }

  public static RequestSpecification readOnlyHospital() {
    return with(TestIssuer.token("chongqing-his", HOSPITAL, "system/Patient.rs", "hospital"));
  }

  public static RequestSpecification with(String token) {
    return given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .defaultContentCharset("UTF-8")
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs("application/fhir+json", ContentType.TEXT)))
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + token)
        .contentType("application/fhir+json");
  }

  /**
   * Stores what was not there.
   *
   * @return type and id
   */
  public static String put(String resource) {
    var json = JsonPath.from(resource);
    var key = json.getString("resourceType") + "/" + json.getString("id");
    hospital().body(resource).put("/fhir/" + key).then().statusCode(201);
    return key;
  }

  /**
   * @return id
   */
  public static String put(String type, String resource) {
    return put(resource).substring(type.length() + 1);
  }

  public static String randomId() {
    return UUID.randomUUID().toString();
  }

  public static String patient(String id) {
    return """
    {"resourceType":"Patient","id":"%1$s","active":true,
     "identifier":[{"system":"%2$s:patient","value":"%1$s"}],
     "name":[{"text":"王瑋","family":"王","given":["瑋"]}],
     "managingOrganization":{"identifier":{"system":"urn:ietf:rfc:3986","value":"%2$s"}}}\
    """
        .formatted(id, HOSPITAL);
  }

  public static String observation(String id, String patient) {
    return """
    {"resourceType":"Observation","id":"%1$s","status":"final",
     "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
     "code":{"coding":[{"system":"%2$s:lab-code","code":"ALT"}]},
     "subject":{"reference":"Patient/%3$s"},"effectiveDateTime":"2026-03-01T07:30:00+08:00",
     "performer":[{"identifier":{"system":"urn:ietf:rfc:3986","value":"%2$s"}}],
     "valueQuantity":{"value":32.0,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"}}\
    """
        .formatted(id, HOSPITAL, patient);
  }
}
