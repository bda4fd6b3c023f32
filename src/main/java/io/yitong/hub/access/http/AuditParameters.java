package io.yitong.hub.access.http;

import io.yitong.hub.access.audit.search.AuditQuery;
import io.yitong.hub.access.audit.search.Place;
import io.yitong.hub.access.audit.search.RowId;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The search parameters of AuditEvent as text, turned into a query; what is unknown is refused. */
final class AuditParameters {
  private static final Set<String> KNOWN =
      Set.of(
          "date", "agent", "entity", "patient", "outcome", "purpose", "action", "subtype", "_id",
          "_count", "_page");
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 500;

  /** Chains are numbered from 0, rows from 1. */
  private static final RowId NONE = new RowId(0, 0);

  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private final Map<String, List<String>> given;

  private AuditParameters(Map<String, List<String>> given) {
    this.given = given;
  }

  /**
   * @param query as sent, percent-encoded
   * @throws HubException SEARCH_PARAMETER_UNKNOWN or SEARCH_VALUE_INVALID
   */
  static AuditQuery parse(String query) {
    var given = given(query);
    given.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new HubException(ErrorCode.SEARCH_PARAMETER_UNKNOWN, name, "AuditEvent", name);
            });
    return new AuditParameters(given).query();
  }

  /** Whom the query asks about. */
  static List<String> patients(String query) {
    return new AuditParameters(given(query)).patient().stream().toList();
  }

  /** The same question for the page that begins behind {@code place}. */
  static String after(String query, Place place) {
    return Stream.concat(
            Arrays.stream(query.split("&", -1))
                .filter(part -> !part.isEmpty() && !part.startsWith("_page=")),
            Stream.of("_page=" + place))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, List<String>> given(String query) {
    var given = new LinkedHashMap<String, List<String>>();
    for (var part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        var name = decoded(equals < 0 ? part : part.substring(0, equals));
        given
            .computeIfAbsent(name, each -> new ArrayList<>())
            .add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return given;
  }

  /** A plus sign that is not encoded is one, as everywhere in this hub: of a time zone. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("", text, "%XX");
    }
  }

  private Optional<String> patient() {
    return one("patient").map(AuditParameters::withoutType);
  }

  private AuditQuery query() {
    given.getOrDefault("date", List.of()).forEach(this::narrow);
    return new AuditQuery(
        from,
        until,
        one("agent"),
        one("entity"),
        patient().map(Set::of).orElse(Set.of()),
        outcomes(),
        one("purpose").map(AuditParameters::withoutSystem),
        one("action").map(AuditParameters::withoutSystem),
        one("subtype").map(AuditParameters::withoutSystem),
        one("_id").map(id -> RowId.parse(id).orElse(NONE)),
        one("_page")
            .map(page -> Place.parse(page).orElseThrow(() -> invalid("_page", page, "next"))),
        one("_count")
            .map(count -> (int) Math.min(LARGEST_PAGE, Math.max(1, number("_count", count))))
            .orElse(USUAL_PAGE));
  }

  /** FHIR R4 3.1.1.4.7: the value is the whole day, second and so on that it names. */
  private void narrow(String value) {
    var prefixed = value.matches("[a-z]{2}.*");
    var prefix = prefixed ? value.substring(0, 2) : "eq";
    var span =
        DateRange.parse(prefixed ? value.substring(2) : value)
            .orElseThrow(() -> invalid("date", value, "not a FHIR dateTime"));
    switch (prefix) {
      case "eq" -> {
        notBefore(span.low());
        before(span.high());
      }
      case "ge" -> notBefore(span.low());
      case "gt", "sa" -> notBefore(span.high());
      case "lt", "eb" -> before(span.low());
      case "le" -> before(span.high());
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

  private static String withoutSystem(String token) {
    return token.substring(token.lastIndexOf('|') + 1);
  }

  private static String withoutType(String reference) {
    return reference.startsWith("Patient/") ? reference.substring("Patient/".length()) : reference;
  }

  private static HubException invalid(String name, String value, String why) {
    return new HubException(ErrorCode.SEARCH_VALUE_INVALID, name, name, value, why);
  }
}
