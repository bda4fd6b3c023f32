package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery.Sort;
import io.yitong.hub.record.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The order of a search's answer: the values asked for, then the row number, so that it is total
 * and a page can begin after any row. What has no value comes before everything that has.
 */
final class Ordering {
  private final List<Term> terms = new ArrayList<>();

  /**
   * @param value of row {@code r}
   * @param type of the value in PostgreSQL
   */
  private record Term(Sql value, String type, boolean descending) {}

  static Ordering of(SearchQuery query) {
    var ordering = new Ordering();
    var parameters = SearchParameters.of(query.type());
    query.sort().forEach(sort -> ordering.terms.add(term(sort, parameters)));
    return ordering;
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

  String orderBy() {
    var sql = new StringBuilder(" order by ");
    for (var i = 0; i < terms.size(); i++) {
      sql.append("q.s").append(i).append(terms.get(i).descending() ? " desc, " : ", ");
    }
    return sql.append("q.rid").toString();
  }

  /** What lies behind the cursor. */
  Sql after(Cursor cursor) {
    if (cursor.values().size() != terms.size()) {
      throw Cursor.unreadable();
    }
    var sql = Sql.of("q.rid > ?", cursor.rid());
    for (var i = terms.size() - 1; i >= 0; i--) {
      var term = terms.get(i);
      var given = "?::" + term.type();
      var value = cursor.values().get(i);
      sql =
          Sql.of("(q.s" + i + (term.descending() ? " < " : " > ") + given, value)
              .add(" or (q.s" + i + " = " + given + " and ", value)
              .add(sql)
              .add("))");
    }
    return sql;
  }

  private static Term term(Sort sort, SearchParameters parameters) {
    var name = sort.parameter();
    if (name.equals("_lastUpdated")) {
      return new Term(Sql.of("r.last_updated"), "timestamptz", sort.descending());
    }
    if (name.equals("_id")) {
      return new Term(Sql.of("r.fhir_id collate \"C\""), "text", sort.descending());
    }
    var parameter =
        parameters
            .named(name)
            .orElseThrow(
                () ->
                    new HubException(
                        ErrorCode.SEARCH_PARAMETER_UNKNOWN, "_sort", parameters.type(), name));
    if (parameters.main().filter(parameter::equals).isPresent()) {
      return new Term(
          Sql.of(sort.descending() ? "r.date_high" : "r.date_low"),
          "timestamptz",
          sort.descending());
    }
    return indexed(parameter, sort.descending());
  }

  /** The earliest when ascending, the latest when descending (FHIR R4, 3.1.1.5.1). */
  private static Term indexed(SearchParameter parameter, boolean descending) {
    return switch (parameter.kind()) {
      case DATE ->
          new Term(
              extreme(parameter, descending, "index_date", "low", "high", "'-infinity'"),
              "timestamptz",
              descending);
      case STRING ->
          new Term(
              extreme(parameter, descending, "index_text", "value", "value", "''"),
              "text",
              descending);
      case NUMBER, QUANTITY ->
          new Term(
              extreme(parameter, descending, "index_quantity", "low", "high", "'-infinity'"),
              "float8",
              descending);
      default -> new Term(stored(parameter), "text", descending);
    };
  }

  private static Sql extreme(
      SearchParameter parameter,
      boolean descending,
      String table,
      String low,
      String high,
      String none) {
    return Sql.of(
        "coalesce((select %s(i.%s) from %s i where i.rid = r.rid and i.parameter = ?), %s)"
            .formatted(descending ? "max" : "min", descending ? high : low, table, none),
        parameter.code());
  }

  /**
   * Tokens, references and URIs are indexed as hashes, which have no order: their text is taken
   * from the stored JSON. Dear for large answers; nobody's hot path.
   */
  private static Sql stored(SearchParameter parameter) {
    var sql = Sql.of("coalesce(");
    for (var names : parameter.path().names()) {
      var path =
          names.stream().map(name -> ".\"" + name + '"').collect(Collectors.joining("", "$", ""));
      for (var end : List.of(".coding.code", ".code", ".value", ".reference", "")) {
        sql.add("jsonb_path_query_first(r.content::jsonb, ?::jsonpath) #>> '{}', ", path + end);
      }
    }
    return sql.add("'') collate \"C\"");
  }
}
