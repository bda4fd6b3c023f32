package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchQuery.Sort;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Reads a search from a query string (FHIR R4, 3.1.1.2). */
final class QueryString {
  /** About the form of the answer, not about what is searched. */
  private static final Set<String> NO_CRITERIA = Set.of("_format", "_pretty");

  private final ResourceType type;
  private final List<Criterion> criteria = new ArrayList<>();
  private final List<Sort> sort = new ArrayList<>();
  private final List<String> includes = new ArrayList<>();
  private final List<String> revIncludes = new ArrayList<>();
  private OptionalInt count = OptionalInt.empty();
  private boolean totalOnly;
  private boolean total;
  private Optional<String> cursor = Optional.empty();

  private QueryString(ResourceType type) {
    this.type = type;
  }

  static SearchQuery parse(ResourceType type, String query) {
    var reader = new QueryString(type);
    for (var part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        reader.take(
            decode(equals < 0 ? part : part.substring(0, equals)),
            equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return new SearchQuery(
        type,
        List.copyOf(reader.criteria),
        List.copyOf(reader.sort),
        List.copyOf(reader.includes),
        List.copyOf(reader.revIncludes),
        reader.count,
        reader.totalOnly,
        reader.total,
        reader.cursor);
  }

  private void take(String name, String value) {
    if (NO_CRITERIA.contains(name)) {
      return;
    }
    switch (name) {
      case "_sort" -> sorts(value);
      case "_include" -> includes.add(value);
      case "_revinclude" -> revIncludes.add(value);
      case "_count" -> count = OptionalInt.of(number(value));
      case "_cursor" -> cursor = Optional.of(value);
      case "_total" -> total = oneOf("_total", value, "accurate", "none", "estimate") != 1;
      case "_summary" -> totalOnly = oneOf("_summary", value, "false", "count") == 1;
      default -> criteria.add(criterion(name, value));
    }
  }

  private Criterion criterion(String name, String value) {
    var colon = name.indexOf(':');
    if (value.isEmpty()) {
      throw invalid(name, value, "-");
    }
    return new Criterion(
        colon < 0 ? name : name.substring(0, colon),
        colon < 0 ? "" : name.substring(colon + 1),
        alternatives(value));
  }

  /** Parts at commas; {@code \,} is a comma of the value, other escapes stay for the value. */
  private static List<String> alternatives(String value) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        var escaped = value.charAt(++i);
        if (escaped != ',') {
          part.append(c);
        }
        part.append(escaped);
      } else if (c == ',') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return List.copyOf(parts);
  }

  private void sorts(String value) {
    for (var part : value.split(",", -1)) {
      if (part.isEmpty() || part.equals("-")) {
        throw invalid("_sort", value, "-");
      }
      var descending = part.startsWith("-");
      sort.add(new Sort(descending ? part.substring(1) : part, descending));
    }
  }

  private static int number(String value) {
    try {
      var number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a negative number
    }
    throw invalid("_count", value, "0..");
  }

  private static int oneOf(String name, String value, String... allowed) {
    for (var i = 0; i < allowed.length; i++) {
      if (allowed[i].equals(value)) {
        return i;
      }
    }
    throw invalid(name, value, String.join(" | ", allowed));
  }

  private static HubException invalid(String name, String value, String expected) {
    return new HubException(ErrorCode.SEARCH_VALUE_INVALID, name, name, value, expected);
  }

  /** Percent-encoding undone; what is not encoded, a plus sign of a time zone too, stays. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new HubException(ErrorCode.SEARCH_VALUE_INVALID, text, text, text, "%XX");
    }
  }

  /** The search as a query string again, for self links: what was understood and nothing else. */
  static String write(SearchQuery query) {
    var parts =
        Stream.of(
                query.criteria().stream().map(QueryString::write),
                sortsOf(query).stream(),
                query.includes().stream().map(value -> "_include=" + encode(value)),
                query.revIncludes().stream().map(value -> "_revinclude=" + encode(value)),
                query.count().stream().mapToObj(count -> "_count=" + count),
                Stream.of("_summary=count").filter(s -> query.totalOnly()),
                Stream.of("_total=accurate").filter(s -> query.total()))
            .flatMap(Function.identity());
    return parts.collect(Collectors.joining("&"));
  }

  private static List<String> sortsOf(SearchQuery query) {
    if (query.sort().isEmpty()) {
      return List.of();
    }
    return List.of(
        query.sort().stream()
            .map(sort -> (sort.descending() ? "-" : "") + sort.parameter())
            .collect(Collectors.joining(",", "_sort=", "")));
  }

  private static String write(Criterion criterion) {
    var name =
        criterion.modifier().isEmpty()
            ? criterion.name()
            : criterion.name() + ":" + criterion.modifier();
    return encode(name)
        + "="
        + criterion.values().stream()
            .map(value -> encode(value.replace(",", "\\,")))
            .collect(Collectors.joining(","));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%2F", "/");
  }
}
