package io.yitong.hub.record.write;

import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes current versions and history: a statement for many rows, never one for each. */
@ApplicationScoped
class WriteRows {
  private final RowIds rids;

  WriteRows(RowIds rids) {
    this.rids = rids;
  }

  /**
   * @return the new versions
   */
  List<RowDraft> write(Decided decided, WriteContext context, Connection connection) {
    moveTimes(decided, context, connection);
    var rows =
        RowDraft.of(
            decided.changed(), StoredTargets.of(decided, connection), () -> rids.next(connection));
    var inserted = rows.stream().filter(RowDraft::isNew).toList();
    var updated = rows.stream().filter(row -> !row.isNew()).toList();
    var removed =
        decided.removals().stream()
            .filter(removal -> removal.written().effect() == Effect.DELETED)
            .toList();
    if (rows.isEmpty() && removed.isEmpty()) {
      return rows;
    }
    if (!updated.isEmpty() || !removed.isEmpty()) {
      keepHistory(updated, removed, connection);
    }
    if (!updated.isEmpty()) {
      update(updated, context, connection);
    }
    if (!removed.isEmpty()) {
      remove(removed, connection);
    }
    WriteIndex.write(inserting(inserted, context), rows, removed, context, connection);
    WriteIndex.writeSeldom(rows, connection);
    WriteIndex.keepCareRelations(rows, removed, context, connection);
    return rows;
  }

  /** The same version in other words: nothing goes to history. */
  void rewrite(Decided.Put put, WriteContext context, Connection connection) {
    var rows =
        RowDraft.of(List.of(put), StoredTargets.of(put, connection), () -> rids.next(connection));
    var own = rowsOf(rows);
    WriteIndex.forgetThen(own, "select rid from resource where rid = any(?)", (Object) own)
        .query(connection, row -> row.getLong(1));
    update(rows, context, connection);
    WriteIndex.write(new Sql(), rows, List.of(), context, connection);
    WriteIndex.writeSeldom(rows, connection);
  }

  private static long[] rowsOf(List<RowDraft> rows) {
    return rows.stream().mapToLong(RowDraft::rid).toArray();
  }

  private static void moveTimes(Decided decided, WriteContext context, Connection connection) {
    var rids =
        decided.puts().stream()
            .filter(Decided.Put::movesTime)
            .mapToLong(put -> put.current().orElseThrow().rid())
            .toArray();
    if (rids.length > 0) {
      Sql.of("update resource set as_of = ? where rid = any(?)", context.asOf().orElseThrow(), rids)
          .update(connection);
    }
  }

  /** The versions about to be replaced go to history, and nothing is found by them any more. */
  private static void keepHistory(
      List<RowDraft> updated, List<Decided.Removal> removed, Connection connection) {
    var rids =
        Stream.concat(
                updated.stream().map(RowDraft::rid),
                removed.stream().map(removal -> removal.current().orElseThrow().rid()))
            .mapToLong(Long::longValue)
            .toArray();
    WriteIndex.forgetThen(
            rids,
            "insert into resource_history (rid, type, version, last_updated, deleted, content)"
                + " select rid, type, version, last_updated, deleted, content from resource"
                + " where rid = any(?)",
            (Object) rids)
        .update(connection);
  }

  /** {@code inserted as (insert …), }, or nothing. */
  private static Sql inserting(List<RowDraft> rows, WriteContext context) {
    if (rows.isEmpty()) {
      return new Sql();
    }
    var sql =
        Sql.of(
            """
            inserted as (
            insert into resource (rid, self, type, fhir_id, owner, version, last_updated, as_of, digest,
                                  date_low, date_high, patient, categories, keys, content)
            select d.rid, d.self, d.type, d.fhir_id, d.owner, d.version, ?,\
            """,
            lastUpdated(rows));
    asOf(sql, context)
        .add(
            """
            , d.digest::uuid, to_timestamp(d.low), to_timestamp(d.high),
              d.patient, d.categories::text[], d.keys::bigint[], d.content
            from\s
            """);
    return columns(sql, rows, context).add("), ");
  }

  private static void update(List<RowDraft> rows, WriteContext context, Connection connection) {
    var sql =
        Sql.of(
            """
            update resource r set version = d.version, deleted = false, last_updated = ?,
              digest = d.digest::uuid, date_low = to_timestamp(d.low), date_high = to_timestamp(d.high),
              patient = d.patient, categories = d.categories::text[], keys = d.keys::bigint[],
              content = d.content, as_of = coalesce(\
            """,
            lastUpdated(rows));
    asOf(sql, context).add(", r.as_of) from ");
    columns(sql, rows, context).add(" where r.rid = d.rid").update(connection);
  }

  /** What both statements take from arrays, as table {@code d}. */
  private static Sql columns(Sql sql, List<RowDraft> rows, WriteContext context) {
    return sql.add(
        """
        unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::text[], ?::text[], ?::int[], ?::text[],
               ?::float8[], ?::float8[], ?::text[], ?::text[], ?::text[], ?::text[])
        d(rid, self, type, fhir_id, owner, version, digest, low, high, patient, categories, keys, content)\
        """,
        rows.stream().mapToLong(RowDraft::rid).toArray(),
        rows.stream().mapToLong(row -> Keys.self(row.key().type(), row.key().id())).toArray(),
        ReadResource.types(rows.stream().map(RowDraft::key).toList()),
        strings(rows, row -> row.key().id()),
        strings(rows, row -> row.owner(context).orElse(null)),
        rows.stream().mapToInt(row -> row.put().written().version()).toArray(),
        strings(rows, row -> row.put().draft().digest().toString()),
        rows.stream().mapToDouble(RowDraft::dateLow).toArray(),
        rows.stream().mapToDouble(RowDraft::dateHigh).toArray(),
        strings(rows, row -> row.patient().orElse(null)),
        strings(rows, row -> row.categories().isEmpty() ? null : array(row.categories())),
        strings(rows, row -> array(row.index().keys())),
        strings(rows, row -> new String(row.content(), StandardCharsets.UTF_8)));
  }

  private static void remove(List<Decided.Removal> removed, Connection connection) {
    Sql.of(
            """
            update resource set version = version + 1, deleted = true, last_updated = ?, keys = '{}', content = '{}',
              date_low = '-infinity', date_high = '-infinity'
            where rid = any(?)\
            """,
            removed.get(0).written().lastUpdated(),
            removed.stream().mapToLong(removal -> removal.current().orElseThrow().rid()).toArray())
        .update(connection);
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

  private static String[] strings(List<RowDraft> rows, Function<RowDraft, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  /** An array inside an array of rows can only be handed over as text. */
  static String array(long[] values) {
    return Arrays.stream(values)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String array(Collection<String> values) {
    return values.stream()
        .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }
}
