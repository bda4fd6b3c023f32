package io.yitong.hub.record.write;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.sql.RowTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.KeepPatientRules;
import io.yitong.hub.record.write.WriteContained.Container;
import io.yitong.hub.record.write.WriteIndex.Indexed;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Writes current versions and history. */
@ApplicationScoped
class WriteRows {
  private static final Sql NOTHING_ASKED = Sql.of("select 0::smallint, '' where false");

  private static final RowTable VALUES =
      RowTable.of(
          "d",
          "rid bigint",
          "self bigint",
          "type smallint",
          "fhir_id text",
          "owner text",
          "version integer",
          "digest uuid",
          "low float8",
          "high float8",
          "patient text",
          "categories text[]",
          "sensitive text[]",
          "keys bigint[]",
          "content text");

  private final RowIds rids;
  private final KeepPatientRules patientRules;

  WriteRows(RowIds rids, KeepPatientRules patientRules) {
    this.rids = rids;
    this.patientRules = patientRules;
  }

  /**
   * New versions, what they are found by, and the change feed's entry: one statement, whatever the
   * number of rows. Only what few resources have takes more.
   *
   * @param missing asks for what the new versions refer to and is not there; empty when nothing is
   *     to be asked
   * @return the new versions
   */
  List<RowDraft> write(
      Decided decided, Optional<Sql> missing, WriteContext context, Connection connection) {
    moveTimes(decided, context, connection);
    var rows =
        RowDraft.of(
            decided.changed(),
            StoredTargets.of(decided, connection),
            Sensitivity.of(decided.changed(), connection),
            () -> rids.next(connection));
    var removed =
        decided.removals().stream()
            .filter(removal -> removal.written().effect() == Effect.DELETED)
            .toList();
    if (rows.isEmpty() && removed.isEmpty()) {
      return rows;
    }
    var inserted = rows.stream().filter(RowDraft::isNew).toList();
    var updated = rows.stream().filter(row -> !row.isNew()).toList();
    var parts = new ArrayList<Sql>();
    if (!updated.isEmpty() || !removed.isEmpty()) {
      forgetContained(
          Stream.concat(
              updated.stream().map(RowDraft::put).flatMap(put -> put.current().stream()),
              removed.stream().flatMap(removal -> removal.current().stream())),
          connection);
      var replaced = replaced(updated, removed);
      parts.add(keepingHistory(replaced));
      parts.addAll(WriteIndex.forgetting(replaced, types(updated, removed)));
    }
    if (!updated.isEmpty()) {
      parts.add(updating(updated, context));
    }
    if (!removed.isEmpty()) {
      parts.add(removing(removed));
    }
    if (!inserted.isEmpty()) {
      parts.add(inserting(inserted, context));
    }
    parts.addAll(WriteIndex.entering(indexed(rows)));
    parts.add(telling(written(rows, removed), context));
    ReferredTo.refuse(
        Sql.with(parts, missing.orElse(NOTHING_ASKED)).query(connection, ReferredTo::key));
    enterSeldom(rows, connection);
    keepPatientRules(rows, removed, context, connection);
    return rows;
  }

  private void keepPatientRules(
      List<RowDraft> rows,
      List<Decided.Removal> removed,
      WriteContext context,
      Connection connection) {
    var versions =
        rows.stream()
            .filter(row -> KeepPatientRules.concerns(row.key().type()))
            .map(row -> version(row, context))
            .toList();
    var gone =
        removed.stream()
            .map(removal -> removal.written().key())
            .filter(key -> KeepPatientRules.concerns(key.type()))
            .toList();
    if (!versions.isEmpty() || !gone.isEmpty()) {
      patientRules.keep(versions, gone, connection);
    }
  }

  private static KeepPatientRules.Version version(RowDraft row, WriteContext context) {
    return new KeepPatientRules.Version(
        row.key(),
        row.isNew(),
        row.patient(),
        row.owner(context),
        row.put().draft().root(),
        row.put().written().lastUpdated());
  }

  /** The same version in other words: nothing goes to history. */
  void rewrite(Decided.Put put, WriteContext context, Connection connection) {
    var rows =
        RowDraft.of(
            List.of(put),
            StoredTargets.of(put, connection),
            Sensitivity.of(List.of(put), connection),
            () -> rids.next(connection));
    forgetContained(put.current().stream(), connection);
    var parts = new ArrayList<Sql>();
    parts.addAll(WriteIndex.forgetting(replaced(rows, List.of()), types(rows, List.of())));
    parts.add(updating(rows, context));
    parts.addAll(WriteIndex.entering(indexed(rows)));
    parts.add(telling(written(rows, List.of()), context));
    Sql.with(parts, NOTHING_ASKED).query(connection, ReferredTo::key);
    enterSeldom(rows, connection);
  }

  private static void forgetContained(Stream<CurrentRow> replaced, Connection connection) {
    var containers = replaced.filter(CurrentRow::isContainer).mapToLong(CurrentRow::rid).toArray();
    if (containers.length > 0) {
      WriteContained.forget(containers, connection);
    }
  }

  /** What few resources have. */
  private static void enterSeldom(List<RowDraft> rows, Connection connection) {
    WriteIndex.enterSeldom(indexed(rows), connection);
    WriteContained.enter(
        rows.stream()
            .map(row -> new Container(row.rid(), row.key(), row.index(), row.content()))
            .toList(),
        connection);
  }

  private static long[] replaced(List<RowDraft> updated, List<Decided.Removal> removed) {
    return LongStream.concat(
            updated.stream().mapToLong(RowDraft::rid),
            removed.stream().mapToLong(removal -> removal.current().orElseThrow().rid()))
        .toArray();
  }

  private static Set<ResourceType> types(List<RowDraft> updated, List<Decided.Removal> removed) {
    var types = EnumSet.noneOf(ResourceType.class);
    updated.forEach(row -> types.add(row.key().type()));
    removed.forEach(removal -> types.add(removal.written().key().type()));
    return types;
  }

  /** What each new version is found by. */
  private static List<Indexed> indexed(List<RowDraft> rows) {
    return rows.stream().map(row -> new Indexed(row.rid(), row.dateHigh(), row.index())).toList();
  }

  private static List<Written> written(List<RowDraft> rows, List<Decided.Removal> removed) {
    return Stream.concat(
            rows.stream().map(row -> row.put().written()),
            removed.stream().map(Decided.Removal::written))
        .toList();
  }

  private static void moveTimes(Decided decided, WriteContext context, Connection connection) {
    var rids =
        decided.puts().stream()
            .filter(Decided.Put::movesTime)
            .mapToLong(put -> put.current().orElseThrow().rid())
            .toArray();
    if (rids.length > 0) {
      Sql.of("update resource set as_of = ? where ", context.asOf().orElseThrow())
          .add(Sql.among("rid", rids))
          .update(connection);
    }
  }

  private static Sql keepingHistory(long[] rids) {
    return Sql.of(
            """
            kept as (
              insert into resource_history (rid, type, version, last_updated, deleted, content)
              select rid, type, version, last_updated, deleted, content from resource where\s
            """)
        .add(Sql.among("rid", rids))
        .add(")");
  }

  /** The change feed's entry. */
  private static Sql telling(List<Written> written, WriteContext context) {
    var types = new short[written.size()];
    var ids = new String[types.length];
    var effects = new String[types.length];
    var versions = new int[types.length];
    for (var i = 0; i < types.length; i++) {
      var result = written.get(i);
      types[i] = TypeCodes.of(result.key().type());
      ids[i] = result.key().id();
      effects[i] = result.effect().name();
      versions[i] = result.version();
    }
    return Sql.of(
        """
        told as (
          insert into change (at, correlation, institution, fed, types, ids, effects, versions)
          values (?, ?, nullif(?, ''), ?, ?, ?, ?, ?))\
        """,
        written.get(0).lastUpdated(),
        context.correlation().value(),
        context.institution().map(InstitutionId::urn).orElse(""),
        context.ofMessage(),
        types,
        ids,
        effects,
        versions);
  }

  private static Sql inserting(List<RowDraft> rows, WriteContext context) {
    var sql =
        Sql.of(
            """
            inserted as (
            insert into resource (rid, self, type, fhir_id, owner, version, last_updated, as_of, digest,
                                  date_low, date_high, patient, categories, sensitive, keys, content)
            select d.rid, d.self, d.type, d.fhir_id, d.owner, d.version, ?,\
            """,
            lastUpdated(rows));
    asOf(sql, context)
        .add(
            """
            , d.digest, to_timestamp(d.low), to_timestamp(d.high),
              d.patient, d.categories, d.sensitive, d.keys, d.content
            from\s
            """);
    return sql.add(values(rows, context)).add(")");
  }

  private static Sql updating(List<RowDraft> rows, WriteContext context) {
    var sql =
        Sql.of(
            """
            updated as (
            update resource r set version = d.version, deleted = false, last_updated = ?,
              digest = d.digest, date_low = to_timestamp(d.low), date_high = to_timestamp(d.high),
              patient = d.patient, categories = d.categories, sensitive = d.sensitive, keys = d.keys, content = d.content, as_of = coalesce(\
            """,
            lastUpdated(rows));
    asOf(sql, context).add(", r.as_of) from ");
    return sql.add(values(rows, context)).add(" where r.rid = d.rid)");
  }

  private static Sql values(List<RowDraft> rows, WriteContext context) {
    var values = new ArrayList<Object[]>(rows.size());
    for (var row : rows) {
      values.add(
          new Object[] {
            row.rid(),
            Keys.self(row.key().type(), row.key().id()),
            TypeCodes.of(row.key().type()),
            row.key().id(),
            row.owner(context).orElse(null),
            row.put().written().version(),
            row.put().draft().digest(),
            row.dateLow(),
            row.dateHigh(),
            row.patient().orElse(null),
            row.categories().isEmpty() ? null : row.categories().toArray(String[]::new),
            row.sensitive().isEmpty() ? null : row.sensitive().toArray(String[]::new),
            row.index().keys(),
            StoredText.of(row.content())
          });
    }
    return VALUES.rows(values);
  }

  private static Sql removing(List<Decided.Removal> removed) {
    return Sql.of(
            """
            removed as (
            update resource set version = version + 1, deleted = true, last_updated = ?, keys = '{}', content = '{}',
              date_low = '-infinity', date_high = '-infinity'
            where\s
            """,
            removed.get(0).written().lastUpdated())
        .add(Sql.among("rid", replaced(List.of(), removed)))
        .add(")");
  }

  private static Instant lastUpdated(List<RowDraft> rows) {
    return rows.get(0).put().written().lastUpdated();
  }

  private static Sql asOf(Sql sql, WriteContext context) {
    return context
        .asOf()
        .map(asOf -> sql.add("?", asOf))
        .orElseGet(() -> sql.add("null::timestamptz"));
  }
}
