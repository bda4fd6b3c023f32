package io.yitong.hub.fhir.profile;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What becomes of a write whose resources are not as their profiles ask. */
public enum Policy {
  /** It is not looked at. */
  OFF,
  /** It is done, and the flaws are told. */
  WARN,
  /** It is refused with the flaws. */
  REFUSE;

  /**
   * @throws IllegalArgumentException naming the setting
   */
  static Policy of(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "off" -> OFF;
      case "warn" -> WARN;
      case "refuse" -> REFUSE;
      default ->
          throw new IllegalArgumentException(
              "yitong.validation: '" + text + "' is none of off, warn, refuse");
    };
  }

  /**
   * Policies by client.
   *
   * @param text {@code chongqing-his=warn,fuling-his=refuse}; may be empty
   */
  static Map<String, Policy> byClient(String text) {
    var policies = new HashMap<String, Policy>();
    for (var part : text.split(",", -1)) {
      if (!part.isBlank()) {
        var equals = part.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "yitong.validation.clients: '" + part + "' is not client=policy");
        }
        policies.put(part.substring(0, equals).trim(), of(part.substring(equals + 1)));
      }
    }
    return Map.copyOf(policies);
  }
}
