package io.yitong.hub.record;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads single resources, as they are and as they were. */
@ApplicationScoped
public class ReadResource {
  public static final String COLUMNS =
      "select r.type, r.fhir_id, r.version, r.last_updated, r.deleted, r.content, r.patient ";

  private final DataSource database;

  ReadResource(DataSource database) {
    this.database = database;
  }

  /** The current version, deleted or not; empty when there is none or the filter hides it. */
  public Optional<StoredResource> current(ResourceKey key, ReadFilter filter) {
    return Optional.ofNullable(current(List.of(key), filter).get(key));
  }

  /** Many at once, one statement. Absent and hidden ones are missing from the map. */
  public Map<ResourceKey, StoredResource> current(Collection<ResourceKey> keys, ReadFilter filter) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    try (var connection = database.getConnection()) {
      return current(keys, filter, connection).stream()
          .collect(Collectors.toMap(StoredResource::key, Function.identity()));
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  public static List<StoredResource> current(
      Collection<ResourceKey> keys, ReadFilter filter, Connection connection) {
    return current(keys, Set.of(), filter, connection);
  }

  /**
   * @param patients to whose records most of them belong; empty when that is not known
   */
  public static List<StoredResource> current(
      Collection<ResourceKey> keys,
      Set<String> patients,
      ReadFilter filter,
      Connection connection) {
    var visible = keys.stream().filter(key -> filter.types().contains(key.type())).toList();
    if (visible.isEmpty()) {
      return List.of();
    }
    var sql = Sql.of(COLUMNS);
    if (visible.size() == 1) {
      var key = visible.get(0);
      sql.add(
              "from resource r where r.type = ? and r.fhir_id = ? and ",
              TypeCodes.of(key.type()),
              key.id())
          .add(Visibility.of(filter, "r", key.type()));
    } else {
      sql.add("from ")
          .add(KeyTable.of(visible))
          .add(" k(type, id) join resource r on r.type = k.type and r.fhir_id = k.id where ")
          .add(
              patients.isEmpty()
                  ? Visibility.of(filter, "r")
                  : Visibility.ofPatients(filter, "r", patients));
    }
    return sql.query(connection, ReadResource::row);
  }

  public Optional<StoredResource> version(ResourceKey key, int version, ReadFilter filter) {
    if (!filter.types().contains(key.type())) {
      return Optional.empty();
    }
    return query(
            Sql.of(
                    """
                    select r.type, r.fhir_id, v.version, v.last_updated, v.deleted, v.content, r.patient
                    from resource r
                    cross join lateral (
                      select r.version, r.last_updated, r.deleted, r.content
                      union all
                      select h.version, h.last_updated, h.deleted, h.content
                      from resource_history h where h.rid = r.rid) v
                    where r.type = ? and r.fhir_id = ? and v.version = ? and\s
                    """,
                    TypeCodes.of(key.type()),
                    key.id(),
                    version)
                .add(Visibility.of(filter, "r", key.type())))
        .stream()
        .findFirst();
  }

  private List<StoredResource> query(Sql sql) {
    try (Connection connection = database.getConnection()) {
      return sql.query(connection, ReadResource::row);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** A row of type, fhir_id, version, last_updated, deleted, content. */
  public static StoredResource row(ResultSet row) throws SQLException {
    return new StoredResource(
        new ResourceKey(TypeCodes.type(row.getShort(1)), row.getString(2)),
        row.getInt(3),
        row.getObject(4, OffsetDateTime.class).toInstant(),
        row.getBoolean(5),
        Optional.ofNullable(row.getString("patient")),
        StoredText.json(row.getBytes(6)));
  }
}
