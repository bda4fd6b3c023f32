package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What together might single a person out although no name is told (GB/T 37964: 准标识符), as it stands
 * in a Patient that is given.
 */
public enum QuasiIdentifier {
  SEX("gender"),
  BIRTH("birthDate"),
  DISTRICT("address") {
    @Override
    Optional<String> of(ObjectNode patient) {
      return Optional.ofNullable(patient.get(element()))
          .map(addresses -> addresses.path(0).path("district").asText());
    }

    @Override
    void set(ObjectNode patient, String value) {
      patient.putArray(element()).addObject().put("district", value);
    }
  };

  private final String element;

  QuasiIdentifier(String element) {
    this.element = element;
  }

  /** Of Patient, as JSON names it. */
  String element() {
    return element;
  }

  Optional<String> of(ObjectNode patient) {
    return Optional.ofNullable(patient.get(element)).map(JsonNode::asText);
  }

  void set(ObjectNode patient, String value) {
    patient.put(element, value);
  }

  static QuasiIdentifier of(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no quasi-identifier " + code));
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
