package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a write must know of the row it may replace. */
record CurrentRow(
    ResourceKey key,
    long rid,
    int version,
    boolean deleted,
    Instant lastUpdated,
    Optional<Instant> asOf,
    UUID digest,
    Optional<String> owner,
    Optional<String> patient,
    Set<String> categories,
    boolean isContainer,
    Set<String> sensitive,
    boolean visible) {

  private static final String COLUMNS =
      "select r.type, r.fhir_id, r.rid, r.version, r.deleted, r.last_updated, r.as_of, r.digest,"
          + " r.owner, r.patient, r.categories, arrayoverlap(r.keys, '{"
          + Keys.CONTAINER
          + "}'), r.sensitive, ";

  /**
   * @param reader to whom rows are visible or not
   */
  static Map<ResourceKey, CurrentRow> find(
      Collection<ResourceKey> keys, ReadFilter reader, Connection connection) {
    return find(keys, reader, "", connection);
  }

  /** The same, the rows locked until the transaction ends; in one order, so that no two wait. */
  static Map<ResourceKey, CurrentRow> lock(
      Collection<ResourceKey> keys, ReadFilter reader, Connection connection) {
    return find(keys, reader, " order by r.type, r.fhir_id for update of r", connection);
  }

  private static Map<ResourceKey, CurrentRow> find(
      Collection<ResourceKey> keys, ReadFilter reader, String end, Connection connection) {
    return Sql.of(COLUMNS)
        .add(Visibility.of(reader, "r"))
        .add(" from ")
        .add(KeyTable.of(keys))
        .add(" k(type, id) join resource r on r.type = k.type and r.fhir_id = k.id" + end)
        .query(connection, CurrentRow::row)
        .stream()
        .collect(Collectors.toMap(CurrentRow::key, Function.identity()));
  }

  private static CurrentRow row(ResultSet row) throws SQLException {
    return new CurrentRow(
        new ResourceKey(TypeCodes.type(row.getShort(1)), row.getString(2)),
        row.getLong(3),
        row.getInt(4),
        row.getBoolean(5),
        row.getTimestamp(6).toInstant(),
        Optional.ofNullable(row.getTimestamp(7)).map(Timestamp::toInstant),
        row.getObject(8, UUID.class),
        Optional.ofNullable(row.getString(9)),
        Optional.ofNullable(row.getString(10)),
        texts(row, 11),
        row.getBoolean(12),
        texts(row, 13),
        row.getBoolean(14));
  }

  private static Set<String> texts(ResultSet row, int column) throws SQLException {
    var texts = row.getArray(column);
    return texts == null
        ? Set.of()
        : Arrays.stream((String[]) texts.getArray()).collect(Collectors.toUnmodifiableSet());
  }
}
