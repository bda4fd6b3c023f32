package io.yitong.hub.access.http;

import io.yitong.hub.access.audit.AuditQuery;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The search parameters of AuditEvent as text, turned into a query; what is unknown is refused. */
final class AuditParameters {
  private static final Set<String> KNOWN =
      Set.of("date", "agent", "entity", "patient", "outcome", "_count", "_page");
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private final Map<String, List<String>> given;

  private AuditParameters(Map<String, List<String>> given) {
    this.given = given;
  }

  /**
   * @throws HubException SEARCH_PARAMETER_UNKNOWN or SEARCH_VALUE_INVALID
   */
  static AuditQuery parse(Map<String, List<String>> given) {
    given.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new HubException(ErrorCode.SEARCH_PARAMETER_UNKNOWN, name, "AuditEvent", name);
            });
    return new AuditParameters(given).query();
  }

  private AuditQuery query() {
    given.getOrDefault("date", List.of()).forEach(this::narrow);
    return new AuditQuery(
        from,
        until,
        one("agent"),
        one("entity"),
        one("patient").map(AuditParameters::withoutType),
        outcomes(),
        one("_page")
            .map(page -> OptionalLong.of(number("_page", page)))
            .orElse(OptionalLong.empty()),
        one("_count")
            .map(count -> (int) Math.min(LARGEST_PAGE, Math.max(1, number("_count", count))))
            .orElse(USUAL_PAGE));
  }

  /** FHIR R4 3.1.1.4.7: the value is the whole day, second and so on that it names. */
  private void narrow(String value) {
    var prefixed = value.matches("[a-z]{2}.*");
    var prefix = prefixed ? value.substring(0, 2) : "eq";
    var span = TimeSpan.parse(prefixed ? value.substring(2) : value);
    switch (prefix) {
      case "eq" -> {
        notBefore(span.start());
        before(span.end());
      }
      case "ge" -> notBefore(span.start());
      case "gt", "sa" -> notBefore(span.end());
      case "lt", "eb" -> before(span.start());
      case "le" -> before(span.end());
      default -> throw invalid("date", value, "prefix " + prefix);
    }
  }

  private void notBefore(Instant instant) {
    from = Optional.of(from.filter(known -> known.isAfter(instant)).orElse(instant));
  }

  private void before(Instant instant) {
    until = Optional.of(until.filter(known -> known.isBefore(instant)).orElse(instant));
  }

  private List<Integer> outcomes() {
    var outcomes = new ArrayList<Integer>();
    one("outcome")
        .ifPresent(
            codes -> {
              for (var code : codes.split(",", -1)) {
                if (!Set.of("0", "4", "8", "12").contains(code)) {
                  throw invalid("outcome", code, "0, 4, 8 or 12");
                }
                outcomes.add(Integer.valueOf(code));
              }
            });
    return outcomes;
  }

  private Optional<String> one(String name) {
    var values = given.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw invalid(name, String.join(" ", values), "given more than once");
    }
    return values.stream().findFirst();
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw invalid(name, value, "not a number");
    }
  }

  private static String withoutType(String reference) {
    return reference.startsWith("Patient/") ? reference.substring("Patient/".length()) : reference;
  }

  static HubException invalid(String name, String value, String why) {
    return new HubException(ErrorCode.SEARCH_VALUE_INVALID, name, name, value, why);
  }
}
