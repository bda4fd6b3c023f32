package io.yitong.hub.record.bulk.export;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.bulk.export.ExportOrder.Level;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rows of one type that an export is made of, as SQL. The state shown is that of one moment: a
 * row that was changed since is shown as it was, from its history.
 *
 * @param patients ids; empty for no restriction
 */
record ExportSelection(
    ExportOrder order,
    ResourceType type,
    Optional<String[]> patients,
    ReadFilter filter,
    SearchRecord search,
    Connection connection,
    Instant moment) {

  Sql unchangedSince() {
    return unchangedSince("r.content");
  }

  private Sql unchangedSince(String columns) {
    var sql = Sql.of("select " + columns + " from resource r where not r.deleted and ");
    return within(changed(sql.add(restrictions()).add(criteria()), "r"));
  }

  Sql asItWas() {
    return asItWas("h.content");
  }

  private Sql asItWas(String columns) {
    var sql =
        Sql.of(
            """
            select COLUMNS from resource r cross join lateral (
              select v.content, v.deleted, v.last_updated from resource_history v
              where v.rid = r.rid and v.last_updated <= ? order by v.version desc limit 1) h
            where not h.deleted and r.last_updated > ? and\s
            """
                .replace("COLUMNS", columns),
            moment,
            moment);
    return changed(sql.add(restrictions()).add(criteria()), "h");
  }

  /**
   * All of them with whose they are: of patients' resources {@code person}, of others null. Those
   * of a Patient that is not to be seen, or was not there at that moment, are left out: nobody
   * counted them.
   *
   * @param ofPatients whether resources of the type belong to patients
   */
  Sql ofPersons(boolean ofPatients) {
    var rows =
        Sql.of("select x.content, x.patient, coalesce(l.person::text, 'Patient/' || x.patient)");
    rows.add(" from (").add(unchangedSince("r.content, r.patient")).add(" union all ");
    rows.add(asItWas("h.content, r.patient")).add(") x ");
    rows.add("left join person_link l on l.patient = x.patient where ");
    return ofPatients
        ? rows.add(
                """
                exists (select 1 from resource p where p.type = ? and p.fhir_id = x.patient
                  and not p.deleted and (p.last_updated <= ? or exists (
                    select 1 from resource_history v where v.rid = p.rid and v.last_updated <= ?)) and\s
                """,
                TypeCodes.of(ResourceType.Patient),
                moment,
                moment)
            .add(Visibility.of(filter, "p"))
            .add(") order by 3, 2")
        : rows.add("x.patient is null");
  }

  /** Ids of what is there no more. */
  Sql deleted() {
    var sql = Sql.of("select r.fhir_id from resource r where r.deleted and ");
    return within(changed(sql.add(restrictions()), "r"));
  }

  private Sql within(Sql sql) {
    return sql.add(" and r.last_updated <= ?", moment);
  }

  private Sql changed(Sql sql, String alias) {
    order.from().ifPresent(since -> sql.add(" and " + alias + ".last_updated >= ?", since));
    order.before().ifPresent(until -> sql.add(" and " + alias + ".last_updated < ?", until));
    return sql;
  }

  private Sql restrictions() {
    var sql = Sql.of("r.type = ? and ", TypeCodes.of(type)).add(Visibility.of(filter, "r"));
    if (patients.isPresent()) {
      sql.add(" and r.patient = any(?)", (Object) patients.get());
    } else if (order.level() != Level.SYSTEM) {
      sql.add(" and r.patient is not null");
    }
    return sql;
  }

  private Sql criteria() {
    var sql = Sql.of("");
    var queries = queries();
    for (var i = 0; i < queries.size(); i++) {
      sql.add(i == 0 ? " and (r.rid in (select r.rid" : " or r.rid in (select r.rid")
          .add(search.matching(queries.get(i), filter, connection))
          .add(")");
    }
    return queries.isEmpty() ? sql : sql.add(")");
  }

  private List<SearchQuery> queries() {
    return order.filters().stream()
        .filter(asked -> asked.startsWith(type + "?"))
        .map(asked -> SearchQuery.parse(type, asked.substring(type.name().length() + 1)))
        .toList();
  }
}
