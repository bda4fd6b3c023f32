package io.yitong.hub.access.matrix;

import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import java.util.HashMap;
import java.util.Map;

/** The callers of the matrix, by their role in it. */
final class Callers {
  static final String DOCTOR = "dr-li";

  /** With an agreement about laboratory results. */
  private final String partner;

  private final Map<String, String> tokens = new HashMap<>();

  Callers(String partner) {
    this.partner = partner;
  }

  /**
   * @param own whose record a patient's own is
   */
  RequestSpecification of(String role, Subject own) {
    return Clients.with(tokens.computeIfAbsent(role, name -> token(name, own)));
  }

  private String token(String role, Subject own) {
    return switch (role) {
      case "hospital" -> Clients.hospitalToken();
      case "clinician" -> doctor();
      case "lab-only" ->
          TestIssuer.token(
              "chongqing-his",
              Clients.HOSPITAL,
              "system/Patient.cruds system/Observation.cruds?category=laboratory",
              "hospital");
      case "patient" ->
          TestIssuer.sign(
              TestIssuer.claims("my-record", "patient/*.rs", "patient")
                  .claim("patient", own.id("Patient"))
                  .build());
      case "partner" -> TestIssuer.token(partner, null, "system/*.cruds", "partner");
      case "regulator", "operator", "privacy-officer" ->
          TestIssuer.token(role, null, "system/*.cruds", role);
      default -> throw new IllegalStateException("matrix.txt: " + role);
    };
  }

  static RequestSpecification clinician() {
    return Clients.with(doctor());
  }

  private static String doctor() {
    return TestIssuer.sign(
        TestIssuer.claims("yitong-console", "user/*.cruds", "clinician")
            .subject(DOCTOR)
            .claim("institution", Clients.HOSPITAL)
            .build());
  }
}
