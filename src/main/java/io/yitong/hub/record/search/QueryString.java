package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.SearchQuery.Among;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchQuery.Form;
import io.yitong.hub.record.search.SearchQuery.Handling;
import io.yitong.hub.record.search.SearchQuery.Include;
import io.yitong.hub.record.search.SearchQuery.Sort;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.criteria.Types;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.search.plan.Contained;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Reads a search from a query string (FHIR R4, 3.1.1.2). */
final class QueryString {
  /** About the form of the answer, not about what is searched. */
  private static final Set<String> NO_CRITERIA = Set.of("_format", "_pretty");

  private static final List<String> SUMMARIES = List.of("false", "count", "true", "text", "data");

  /** Values of all criteria together. */
  private static final int MOST_VALUES = 1000;

  private final List<Criterion> criteria = new ArrayList<>();
  private final List<Sort> sort = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private final List<Include> revIncludes = new ArrayList<>();
  private final List<String> elements = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final Handling handling;
  private Among among;
  private OptionalInt count = OptionalInt.empty();
  private Optional<String> summary = Optional.empty();
  private boolean total;
  private int contained;
  private boolean byItself;
  private Optional<String> cursor = Optional.empty();

  private QueryString(Among among, Handling handling) {
    this.among = among;
    this.handling = handling;
  }

  static SearchQuery parse(Among among, String query, Handling handling) {
    var reader = new QueryString(among, handling);
    for (var part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        var equals = part.indexOf('=');
        reader.take(
            decode(equals < 0 ? part : part.substring(0, equals)),
            equals < 0 ? "" : decode(part.substring(equals + 1)));
      }
    }
    return reader.query();
  }

  private SearchQuery query() {
    if (criteria.stream().mapToInt(criterion -> criterion.values().size()).sum() > MOST_VALUES) {
      throw new HubException(
          ErrorCode.SEARCH_TOO_COMPLEX, "", criteria.get(0).parameter(), MOST_VALUES);
    }
    among = new Among(among.types(), among.compartment(), contained());
    if (handling == Handling.LENIENT) {
      leaveOutUnknown();
    }
    return new SearchQuery(
        among,
        List.copyOf(criteria),
        List.copyOf(sort),
        List.copyOf(includes),
        List.copyOf(revIncludes),
        count,
        summary.filter("count"::equals).isPresent(),
        total,
        cursor,
        new Form(
            summary.filter(asked -> !asked.equals("count") && !asked.equals("false")),
            List.copyOf(elements)),
        List.copyOf(ignored));
  }

  private Contained contained() {
    return switch (contained) {
      case 0 -> Contained.NOT;
      case 1 -> byItself ? Contained.ONLY : Contained.ONLY_CONTAINERS;
      default -> byItself ? Contained.ALSO : Contained.ALSO_CONTAINERS;
    };
  }

  private void leaveOutUnknown() {
    criteria.removeIf(
        criterion -> ignorable(criterion.parameter(), () -> Asked.condition(among, criterion)));
    sort.removeIf(by -> ignorable("_sort=" + by.parameter(), () -> Ordering.check(among, by)));
    includes.removeIf(
        include -> ignorable("_include=" + include.path(), () -> Includes.check(include)));
    revIncludes.removeIf(
        include -> ignorable("_revinclude=" + include.path(), () -> Includes.check(include)));
  }

  private boolean ignorable(String written, Runnable check) {
    try {
      check.run();
      return false;
    } catch (HubException e) {
      if (!Refusal.isIgnorable(e)) {
        throw e;
      }
      ignored.add(written);
      return true;
    }
  }

  private void take(String name, String value) {
    if (NO_CRITERIA.contains(name)) {
      return;
    }
    switch (name) {
      case "_sort" -> sorts(value);
      case "_include" -> includes.add(new Include(value, false));
      case "_include:iterate", "_include:recurse" -> includes.add(new Include(value, true));
      case "_revinclude" -> revIncludes.add(new Include(value, false));
      case "_revinclude:iterate", "_revinclude:recurse" ->
          revIncludes.add(new Include(value, true));
      case "_count" -> count = OptionalInt.of(Math.min(number(value), SearchRecord.MOST));
      case "_cursor" -> cursor = Optional.of(value);
      case "_total" -> total = oneOf("_total", value, List.of("accurate", "none", "estimate")) != 1;
      case "_summary" -> summary = Optional.of(SUMMARIES.get(oneOf(name, value, SUMMARIES)));
      case "_elements" -> elements.addAll(List.of(value.split(",", -1)));
      case "_type" -> types(value);
      case "_contained" -> contained = oneOf(name, value, List.of("false", "true", "both"));
      case "_containedType" ->
          byItself = oneOf(name, value, List.of("container", "contained")) == 1;
      default -> criteria.add(criterion(name, value));
    }
  }

  /** Only where no type is named by the address (FHIR R4, 3.1.1.4.2). */
  private void types(String value) {
    if (!among.types().isEmpty()) {
      criteria.add(criterion("_type", value));
      return;
    }
    var types = new TreeSet<ResourceType>();
    for (var name : value.split(",", -1)) {
      types.add(Types.named(name).orElseThrow(() -> invalid("_type", name, "Patient")));
    }
    among = new Among(types, among.compartment(), among.contained());
  }

  private Criterion criterion(String name, String value) {
    var colon = name.indexOf(':');
    if (value.isEmpty()) {
      throw invalid(name, value, "-");
    }
    return new Criterion(
        colon < 0 ? name : name.substring(0, colon),
        colon < 0 ? "" : name.substring(colon + 1),
        Values.parted(value, ','));
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

  private static int oneOf(String name, String value, List<String> allowed) {
    if (allowed.contains(value)) {
      return allowed.indexOf(value);
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
    return Stream.of(
            searched(query),
            written("_include", query.includes()),
            written("_revinclude", query.revIncludes()),
            query.count().stream().mapToObj(count -> "_count=" + count),
            query.form().summary().stream().map(summary -> "_summary=" + summary),
            Stream.of("_summary=count").filter(s -> query.totalOnly()),
            Stream.of("_elements=" + encode(String.join(",", query.form().elements())))
                .filter(s -> !query.form().elements().isEmpty()),
            Stream.of("_total=accurate").filter(s -> query.total()))
        .flatMap(Function.identity())
        .collect(Collectors.joining("&"));
  }

  /** What says which resources are found and in what order: a cursor belongs to it. */
  static Stream<String> searched(SearchQuery query) {
    return Stream.of(
            typesOf(query),
            query.among().contained().written(),
            query.criteria().stream().map(QueryString::write),
            sortsOf(query).stream())
        .flatMap(Function.identity());
  }

  /** What the address does not say. */
  private static Stream<String> typesOf(SearchQuery query) {
    return query.among().types().size() < 2
        ? Stream.empty()
        : Stream.of(
            query.among().types().stream()
                .map(ResourceType::name)
                .sorted()
                .collect(Collectors.joining(",", "_type=", "")));
  }

  private static Stream<String> written(String name, List<Include> includes) {
    return includes.stream()
        .map(include -> name + (include.iterate() ? ":iterate=" : "=") + encode(include.path()));
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
    return encode(criterion.parameter())
        + "="
        + criterion.values().stream().map(QueryString::encode).collect(Collectors.joining(","));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":")
        .replace("%2F", "/");
  }
}
