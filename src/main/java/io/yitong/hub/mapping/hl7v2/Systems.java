package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.mapping.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Names of code systems and assigning authorities in a message to URIs. */
final class Systems {
  static final String V2 = "http://terminology.hl7.org/CodeSystem/v2-";
  static final String V3 = "http://terminology.hl7.org/CodeSystem/v3-";
  private static final Table CODE_SYSTEMS = Table.load("/mapping/hl7v2/code-systems.csv");

  private Systems() {}

  /**
   * @param name CE.3 or CWE.3
   * @param own of the sender's codes; the system of whatever has no registered name
   */
  static String ofCode(String name, String own) {
    return name.isEmpty() ? own : CODE_SYSTEMS.of(name.toUpperCase(Locale.ROOT)).orElse(own);
  }

  /**
   * The number space of an identifier (CX.4, EI.2 to 4, XCN.9): a registered authority's own, else
   * one of the institution's named after the authority.
   *
   * @param kind of number, for example {@code patient-alternate}
   */
  static String ofAuthority(Hl7Value authority, InstitutionId institution, String kind) {
    return registered(authority)
        .orElseGet(
            () -> {
              var namespace = authority.component(1);
              return institution.numberSystem(
                  namespace.isEmpty()
                      ? kind
                      : kind + ":" + URLEncoder.encode(namespace, StandardCharsets.UTF_8));
            });
  }

  /** HD.2 with HD.3: an OID, a UUID or a host name. */
  static Optional<String> registered(Hl7Value authority) {
    var id = authority.component(2);
    var type = authority.component(3).toUpperCase(Locale.ROOT);
    if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
      return Optional.empty();
    }
    if (type.equals("ISO") || (type.isEmpty() && oid(id))) {
      return oid(id) ? Optional.of("urn:oid:" + id) : Optional.empty();
    }
    return switch (type) {
      case "UUID", "GUID" -> Optional.of("urn:uuid:" + id.toLowerCase(Locale.ROOT));
      case "URI" -> Optional.of(id);
      default -> Optional.empty();
    };
  }

  private static boolean oid(String id) {
    for (var i = 0; i < id.length(); i++) {
      var c = id.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return id.indexOf('.') > 0 && id.charAt(0) <= '2' && !id.endsWith(".") && !id.contains("..");
  }
}
