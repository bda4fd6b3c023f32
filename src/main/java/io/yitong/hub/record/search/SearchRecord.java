package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds resources by their search parameters (FHIR R4, 3.1.1). */
@ApplicationScoped
public class SearchRecord {
  private static final int COUNT = 50;
  private static final int MOST = 1000;

  private final DataSource database;
  private final String hubBase;

  SearchRecord(
      DataSource database, @ConfigProperty(name = "yitong.hub.base-url") String hubAddress) {
    this.database = database;
    this.hubBase = hubAddress + "/fhir/";
  }

  /**
   * @throws io.yitong.hub.fhir.HubException for an unknown parameter or modifier or an invalid
   *     value
   */
  public SearchPage search(SearchQuery query, ReadFilter filter) {
    var from = plan(query, filter).from();
    var ordering = Ordering.of(query);
    var includes = Includes.of(query, hubBase);
    if (!filter.types().contains(query.type())) {
      return new SearchPage(List.of(), List.of(), OptionalLong.of(0), Optional.empty());
    }
    try (var connection = database.getConnection()) {
      var total =
          query.total() || query.totalOnly()
              ? OptionalLong.of(count(from, connection))
              : OptionalLong.empty();
      var count = Math.min(query.count().orElse(COUNT), MOST);
      if (query.totalOnly() || count == 0) {
        return new SearchPage(List.of(), List.of(), total, Optional.empty());
      }
      var rows = rows(query, from, ordering, count + 1, connection);
      var next =
          rows.size() > count
              ? Optional.of(rows.get(count - 1).cursor().write())
              : Optional.<String>empty();
      var matches = rows.stream().limit(count).map(Row::resource).toList();
      return new SearchPage(matches, includes.of(matches, filter, connection), total, next);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private record Row(StoredResource resource, Cursor cursor) {}

  /**
   * The matches alone, within a transaction under way.
   *
   * @param among a condition on row {@code r} besides
   */
  public List<StoredResource> matches(
      SearchQuery query, ReadFilter filter, Sql among, Connection connection) {
    var from = plan(query, filter).from().add(" and ").add(among);
    return rows(query, from, Ordering.of(query), query.count().orElse(COUNT), connection).stream()
        .map(Row::resource)
        .toList();
  }

  /**
   * What the search finds, as {@code from resource r where …}: without order, pages and includes,
   * the filter inside.
   *
   * @throws io.yitong.hub.fhir.HubException for an unknown parameter or modifier or an invalid
   *     value
   */
  public Sql matching(SearchQuery query, ReadFilter filter) {
    return plan(query, filter).from();
  }

  private SearchPlan plan(SearchQuery query, ReadFilter filter) {
    return new SearchPlan(query.type(), filter, "r", hubBase).where(query.criteria());
  }

  private static long count(Sql from, Connection connection) {
    return Sql.of("select count(*)").add(from).query(connection, row -> row.getLong(1)).get(0);
  }

  private static List<Row> rows(
      SearchQuery query, Sql from, Ordering ordering, int limit, Connection connection) {
    var sql =
        Sql.of(
                "select q.type, q.fhir_id, q.version, q.last_updated, q.deleted, q.content, q.rid"
                    + ordering.texts()
                    + " from (select r.type, r.fhir_id, r.version, r.last_updated, r.deleted,"
                    + " r.content, r.rid")
            .add(ordering.columns())
            .add(from)
            .add(") q");
    query
        .cursor()
        .map(Cursor::read)
        .ifPresent(cursor -> sql.add(" where ").add(ordering.after(cursor)));
    return sql.add(ordering.orderBy() + " limit ?", limit)
        .query(connection, row -> row(row, ordering.size()));
  }

  private static Row row(ResultSet row, int sorts) throws SQLException {
    var values = new ArrayList<String>(sorts);
    for (var i = 0; i < sorts; i++) {
      values.add(row.getString(8 + i));
    }
    return new Row(ReadResource.row(row), new Cursor(List.copyOf(values), row.getLong(7)));
  }
}
