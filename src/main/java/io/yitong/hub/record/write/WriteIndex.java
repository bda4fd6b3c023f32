package io.yitong.hub.record.write;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.index.IndexEntries;
import io.yitong.hub.record.index.IndexEntries.OfGroup;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.sql.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Writes what stands beside the versions: index tables, the change feed's entry, projections. */
final class WriteIndex {
  /** An Encounter that did not take place makes no care relationship. */
  private static final Set<String> NEVER_HAPPENED = Set.of("cancelled", "entered-in-error");

  /** Most that a composite parameter of the specification has. */
  private static final int PARTS = 3;

  private WriteIndex() {}

  /**
   * @param dateHigh of the row, in seconds since 1970
   */
  private record Entry<T>(long rid, double dateHigh, T value) {}

  /** A row and what it is found by. */
  record Indexed(long rid, double dateHigh, IndexEntries entries) {}

  /**
   * Takes away all that rows are found by beside their own columns, and does one thing more in the
   * same statement.
   *
   * @param then a statement with the parameters given
   */
  static Sql forgetThen(long[] rids, String then, Object... parameters) {
    return Sql.of(
            """
            with dates as (delete from index_date where rid = any(?)),
                 texts as (delete from index_text where rid = any(?)),
                 quantities as (delete from index_quantity where rid = any(?)),
                 groups as (delete from index_group where rid = any(?)),
                 positions as (delete from index_position where rid = any(?)),
                 codes as (
                   delete from index_code c using resource r, unnest(r.keys) k(key)
                   where r.rid = any(?) and c.code = k.key and c.date_high = r.date_high and c.rid = r.rid)
            """,
            rids,
            rids,
            rids,
            rids,
            rids,
            rids)
        .add(then, parameters);
  }

  /**
   * The index tables, the change feed's entry, and what inserts the new rows, in one statement.
   *
   * @param inserting empty when there are no new rows
   */
  static void write(
      Sql inserting,
      List<RowDraft> rows,
      List<Decided.Removal> removed,
      WriteContext context,
      Connection connection) {
    var written =
        Stream.concat(
                rows.stream().map(row -> row.put().written()),
                removed.stream().map(Decided.Removal::written))
            .toList();
    insertThen(
            inserting,
            entries(rows),
            "insert into change (at, correlation, institution, fed, types, ids, effects, versions)"
                + " values (?, ?, nullif(?, ''), ?, ?, ?, ?, ?)",
            written.get(0).lastUpdated(),
            context.correlation().value(),
            context.institution().map(InstitutionId::urn).orElse(""),
            context.ofMessage(),
            ReadResource.types(written.stream().map(Written::key).toList()),
            written.stream().map(result -> result.key().id()).toArray(String[]::new),
            written.stream().map(result -> result.effect().name()).toArray(String[]::new),
            written.stream().mapToInt(Written::version).toArray())
        .update(connection);
  }

  /**
   * Enters rows in all index tables, and does more in the same statement.
   *
   * @param before {@code name as (statement), }, or nothing
   * @param then a statement with the parameters given
   */
  static Sql insertThen(Sql before, List<Indexed> rows, String then, Object... parameters) {
    var dates = entries(rows, IndexEntries::dates);
    var texts = entries(rows, IndexEntries::texts);
    var quantities = entries(rows, IndexEntries::quantities);
    var codes = entries(rows, IndexEntries::codes);
    return Sql.of("with ")
        .add(before)
        .add(
            """
            dates as (
              insert into index_date (rid, parameter, low, high)
              select rid, parameter, to_timestamp(low), to_timestamp(high)
              from unnest(?::bigint[], ?::int[], ?::float8[], ?::float8[]) d(rid, parameter, low, high)),
            texts as (
              insert into index_text (rid, parameter, value)
              select * from unnest(?::bigint[], ?::int[], ?::text[])),
            quantities as (
              insert into index_quantity (rid, parameter, low, high, written_low, written_high, base, units)
              select rid, parameter, low, high, nullif(written_low, low), nullif(written_high, high),
                     nullif(base, 0), units::bigint[]
              from unnest(?::bigint[], ?::int[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::bigint[], ?::text[])
                d(rid, parameter, low, high, written_low, written_high, base, units)),
            codes as (
              insert into index_code (rid, code, system, date_high)
              select rid, code, system, to_timestamp(date_high)
              from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::float8[]) d(rid, code, system, date_high))
            """,
            rids(dates),
            dates.stream().mapToInt(entry -> entry.value().parameter()).toArray(),
            dates.stream()
                .mapToDouble(entry -> RowDraft.seconds(entry.value().range().low()))
                .toArray(),
            dates.stream()
                .mapToDouble(entry -> RowDraft.seconds(entry.value().range().high()))
                .toArray(),
            rids(texts),
            texts.stream().mapToInt(entry -> entry.value().parameter()).toArray(),
            texts.stream().map(entry -> entry.value().text()).toArray(String[]::new),
            rids(quantities),
            quantities.stream().mapToInt(entry -> entry.value().parameter()).toArray(),
            quantities.stream().mapToDouble(entry -> entry.value().low()).toArray(),
            quantities.stream().mapToDouble(entry -> entry.value().high()).toArray(),
            quantities.stream().mapToDouble(entry -> entry.value().written().low()).toArray(),
            quantities.stream().mapToDouble(entry -> entry.value().written().high()).toArray(),
            quantities.stream().mapToLong(entry -> entry.value().base()).toArray(),
            quantities.stream().map(entry -> units(entry.value().units())).toArray(String[]::new),
            rids(codes),
            codes.stream().mapToLong(entry -> entry.value().code()).toArray(),
            codes.stream().mapToLong(entry -> entry.value().system()).toArray(),
            codes.stream().mapToDouble(Entry::dateHigh).toArray())
        .add(then, parameters);
  }

  /** What each new version is found by. */
  private static List<Indexed> entries(List<RowDraft> rows) {
    return rows.stream().map(row -> new Indexed(row.rid(), row.dateHigh(), row.index())).toList();
  }

  static void writeSeldom(List<RowDraft> rows, Connection connection) {
    insertSeldom(entries(rows), connection);
  }

  /** What few resources have. */
  static void insertSeldom(List<Indexed> rows, Connection connection) {
    var positions = entries(rows, IndexEntries::positions);
    if (!positions.isEmpty()) {
      Sql.of(
              "insert into index_position (rid, latitude, longitude)"
                  + " select * from unnest(?::bigint[], ?::float8[], ?::float8[])",
              rids(positions),
              positions.stream().mapToDouble(entry -> entry.value().latitude()).toArray(),
              positions.stream().mapToDouble(entry -> entry.value().longitude()).toArray())
          .update(connection);
    }
    for (var group : entries(rows, IndexEntries::groups)) {
      write(group, connection);
    }
  }

  private static void write(Entry<OfGroup> group, Connection connection) {
    var ranges = group.value().ranges();
    Sql.of(
            """
            insert into index_group (rid, parameter, keys, low, high, written_low, written_high, texts)
            values (?, ?, ?, ?, ?, ?, ?, ?)\
            """,
            group.rid(),
            group.value().parameter(),
            group.value().keys(),
            byPlace(ranges, OfQuantity::low),
            byPlace(ranges, OfQuantity::high),
            byPlace(ranges, range -> range.written().low()),
            byPlace(ranges, range -> range.written().high()),
            texts(group.value().texts()))
        .update(connection);
  }

  /** Null where the part of that place is not compared. */
  private static Double[] byPlace(
      Map<Integer, OfQuantity> ranges, Function<OfQuantity, Double> bound) {
    var values = new Double[PARTS];
    ranges.forEach((place, range) -> values[place] = bound.apply(range));
    return values;
  }

  private static String[] texts(Map<Integer, String> byPlace) {
    var values = new String[PARTS];
    byPlace.forEach((place, text) -> values[place] = text);
    return values;
  }

  static void keepCareRelations(
      List<RowDraft> rows,
      List<Decided.Removal> removed,
      WriteContext context,
      Connection connection) {
    var changed =
        Stream.concat(
                rows.stream().filter(row -> !row.isNew()).map(RowDraft::key),
                removed.stream().map(removal -> removal.written().key()))
            .filter(key -> key.type() == ResourceType.Encounter)
            .map(ResourceKey::id)
            .toArray(String[]::new);
    if (changed.length > 0) {
      Sql.of("delete from care_relation where encounter = any(?)", (Object) changed)
          .update(connection);
    }
    var relations =
        rows.stream()
            .filter(row -> row.key().type() == ResourceType.Encounter)
            .filter(row -> row.patient().isPresent() && row.owner(context).isPresent())
            .filter(WriteIndex::tookPlace)
            .toList();
    if (!relations.isEmpty()) {
      Sql.of(
              """
              insert into care_relation (patient, institution, encounter)
              select * from unnest(?::text[], ?::text[], ?::text[])\
              """,
              relations.stream().map(row -> row.patient().orElseThrow()).toArray(String[]::new),
              relations.stream()
                  .map(row -> row.owner(context).orElseThrow())
                  .toArray(String[]::new),
              relations.stream().map(row -> row.key().id()).toArray(String[]::new))
          .update(connection);
    }
  }

  private static boolean tookPlace(RowDraft row) {
    return !NEVER_HAPPENED.contains(row.put().draft().root().value("status").orElse(""));
  }

  private static <T> List<Entry<T>> entries(
      List<Indexed> rows, Function<IndexEntries, List<T>> kind) {
    var entries = new ArrayList<Entry<T>>();
    for (var row : rows) {
      for (var value : kind.apply(row.entries())) {
        entries.add(new Entry<>(row.rid(), row.dateHigh(), value));
      }
    }
    return entries;
  }

  private static <T> long[] rids(List<Entry<T>> entries) {
    return entries.stream().mapToLong(Entry::rid).toArray();
  }

  private static String units(List<Long> units) {
    return WriteRows.array(units.stream().mapToLong(Long::longValue).toArray());
  }
}
