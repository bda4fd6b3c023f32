package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.index.Places;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery.Among;
import io.yitong.hub.record.search.SearchQuery.Sort;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * The order of a search's answer: the values asked for, then the row number, so that it is total
 * and a page can begin after any row. What has no value comes before everything that has. Where no
 * order is asked for, a type's rows come newest first, which is the order of the indexes.
 */
final class Ordering {
  private static final String NONE_OF_TIME = "'-infinity'::timestamptz";

  private static final List<String> OF_ALL_TYPES = List.of("_id", "_lastUpdated");

  private final List<Term> terms;

  /**
   * @param value of row {@code r}
   * @param type of the value in PostgreSQL
   */
  private record Term(Sql value, String type, boolean descending) {}

  private Ordering(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  /**
   * @param dateHigh the column of the main date's end that rows come ordered by; empty for a search
   *     of several types
   */
  static Ordering of(SearchQuery query, String dateHigh) {
    if (query.sort().isEmpty()) {
      return dateHigh.isEmpty()
          ? new Ordering(List.of())
          : new Ordering(List.of(new Term(Sql.of(dateHigh), "timestamptz", true)));
    }
    return new Ordering(
        query.sort().stream().map(sort -> term(query.among(), sort, dateHigh)).toList());
  }

  static void check(Among among, Sort sort) {
    term(among, sort, "r.date_high");
  }

  int size() {
    return terms.size();
  }

  /** {@code , value as s0, value as s1}. */
  Sql columns() {
    var sql = new Sql();
    for (var i = 0; i < terms.size(); i++) {
      sql.add(", ").add(terms.get(i).value()).add(" as s" + i);
    }
    return sql;
  }

  /** The columns again, as the text that goes into the cursor. */
  String texts() {
    var sql = new StringBuilder();
    for (var i = 0; i < terms.size(); i++) {
      sql.append(", q.s").append(i).append("::text");
    }
    return sql.toString();
  }

  String orderBy(boolean backward) {
    var sql = new StringBuilder(" order by ");
    for (var i = 0; i < terms.size(); i++) {
      sql.append("q.s").append(i).append(terms.get(i).descending() != backward ? " desc, " : ", ");
    }
    return sql.append(backward ? "q.rid desc" : "q.rid").toString();
  }

  /**
   * What lies behind the cursor; the first value by itself besides, so that an index is entered
   * there.
   */
  Sql after(Cursor cursor) {
    if (cursor.values().size() != terms.size()) {
      throw Cursor.unreadable();
    }
    var sql = Sql.of(cursor.backward() ? "q.rid < ?" : "q.rid > ?", cursor.rid());
    for (var i = terms.size() - 1; i >= 0; i--) {
      var term = terms.get(i);
      var given = "?::" + term.type();
      var value = cursor.values().get(i);
      sql =
          Sql.of("(q.s" + i + beyond(term, cursor) + given, value)
              .add(" or (q.s" + i + " = " + given + " and ", value)
              .add(sql)
              .add("))");
    }
    if (terms.isEmpty()) {
      return sql;
    }
    var first = terms.get(0);
    return Sql.of(
            "q.s0" + beyond(first, cursor).strip() + "= ?::" + first.type() + " and ",
            cursor.values().get(0))
        .add(sql);
  }

  private static String beyond(Term term, Cursor cursor) {
    return term.descending() != cursor.backward() ? " < " : " > ";
  }

  private static Term term(Among among, Sort sort, String dateHigh) {
    var name = sort.parameter();
    if (among.contained().showsContainers() && !OF_ALL_TYPES.contains(name)) {
      throw Refusal.value("_sort", name, String.join(" | ", OF_ALL_TYPES));
    }
    if (name.equals("_lastUpdated")) {
      return new Term(Sql.of("r.last_updated"), "timestamptz", sort.descending());
    }
    if (name.equals("_id")) {
      return new Term(Sql.of("r.fhir_id collate \"C\""), "text", sort.descending());
    }
    if (among.types().size() != 1) {
      throw new HubException(ErrorCode.SEARCH_PARAMETER_UNKNOWN, "_sort", "*", name);
    }
    var parameters = SearchParameters.of(among.types().iterator().next());
    var parameter =
        parameters.named(name).orElseThrow(() -> Refusal.unknown("_sort", parameters.type(), name));
    if (parameters.main().filter(parameter::equals).isPresent()) {
      return new Term(
          Sql.of(sort.descending() ? dateHigh : "r.date_low"), "timestamptz", sort.descending());
    }
    return indexed(parameter, sort.descending());
  }

  /** The earliest when ascending, the latest when descending (FHIR R4, 3.1.1.5.1). */
  private static Term indexed(SearchParameter parameter, boolean descending) {
    return switch (parameter.kind()) {
      case DATE ->
          new Term(
              extreme(parameter, descending, "index_date", "i.low", "i.high", NONE_OF_TIME),
              "timestamptz",
              descending);
      case STRING ->
          new Term(
              extreme(parameter, descending, "index_text", "i.value", "i.value", "''"),
              "text",
              descending);
      case NUMBER, QUANTITY ->
          new Term(
              extreme(
                  parameter,
                  descending,
                  "index_quantity",
                  "i.low",
                  "coalesce(i.high, i.low)",
                  "'-infinity'::numeric"),
              "numeric",
              descending);
      case TOKEN, REFERENCE, URI -> new Term(stored(parameter, descending), "text", descending);
      case COMPOSITE, SPECIAL, NULL ->
          throw Refusal.value(
              "_sort", parameter.name(), "token | date | string | number | quantity | reference");
    };
  }

  private static Sql extreme(
      SearchParameter parameter,
      boolean descending,
      String table,
      String low,
      String high,
      String none) {
    var codes = parameter.entries().stream().mapToInt(SearchParameter::code).toArray();
    return Sql.of(
        "coalesce((select %s(%s) from %s i where i.rid = r.rid and i.parameter = any(?)), %s)"
            .formatted(descending ? "max" : "min", descending ? high : low, table, none),
        (Object) codes);
  }

  /**
   * Tokens, references and URIs are indexed as hashes, which have no order: their text is taken
   * from the stored JSON. Dear for large answers; nobody's hot path.
   */
  private static Sql stored(SearchParameter parameter, boolean descending) {
    var paths = new ArrayList<String>();
    for (var path : Places.jsonPaths(parameter)) {
      Stream.of(".coding.code", ".code", ".value", ".reference", "")
          .filter(end -> parameter.kind() != SearchParamType.URI || end.isEmpty())
          .forEach(end -> paths.add(path + end));
    }
    return Sql.of(
        "coalesce((select %s(v #>> '{}') collate \"C\" from unnest(?::text[]) p, jsonb_path_query(r.content::jsonb, p::jsonpath) v where jsonb_typeof(v) not in ('object', 'array')), '') collate \"C\""
            .formatted(descending ? "max" : "min"),
        (Object) paths.toArray(String[]::new));
  }
}
