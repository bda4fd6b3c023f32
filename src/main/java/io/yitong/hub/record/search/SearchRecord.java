package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.plan.AllRows;
import io.yitong.hub.record.search.plan.Contained;
import io.yitong.hub.record.search.plan.Scope;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Signature;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds resources by their search parameters (FHIR R4, 3.1.1). */
@ApplicationScoped
public class SearchRecord {
  /** Most that one page holds, whatever is asked for. */
  public static final int MOST = 1000;

  private static final int COUNT = 50;

  private final DataSource database;
  private final String hubBase;
  private final StoredTerminology terminology;
  private final LimitedTime time;
  private final CountedKeys frequencies;
  private volatile Optional<Signature> signature = Optional.empty();

  SearchRecord(
      DataSource database,
      @ConfigProperty(name = "yitong.hub.base-url") String hubAddress,
      StoredTerminology terminology,
      LimitedTime time,
      CountedKeys frequencies) {
    this.database = database;
    this.hubBase = hubAddress + "/fhir/";
    this.terminology = terminology;
    this.time = time;
    this.frequencies = frequencies;
  }

  /**
   * @throws io.yitong.hub.fhir.HubException for an unknown parameter or modifier or an invalid
   *     value
   */
  public SearchPage search(SearchQuery query, ReadFilter filter) {
    var conditions = Asked.conditions(query, filter.types());
    query.sort().forEach(sort -> Ordering.check(query.among(), sort));
    var includes = Includes.of(query, hubBase);
    if (conditions.isEmpty()) {
      return new SearchPage(
          List.of(), List.of(), OptionalLong.of(0), Optional.empty(), Optional.empty(), true);
    }
    try (var connection = database.getConnection()) {
      var found = AllRows.of(conditions, query.among().contained(), scope(filter, connection));
      var total =
          query.total() || query.totalOnly()
              ? OptionalLong.of(count(found, connection))
              : OptionalLong.empty();
      if (query.totalOnly() || query.count().orElse(COUNT) == 0) {
        return new SearchPage(
            List.of(), List.of(), total, Optional.empty(), Optional.empty(), true);
      }
      return page(query, found, includes, total, filter, connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private SearchPage page(
      SearchQuery query,
      AllRows found,
      Includes includes,
      OptionalLong total,
      ReadFilter filter,
      Connection connection) {
    var search = String.join("&", QueryString.searched(query).toList());
    var cursor = query.cursor().map(text -> Cursor.read(text, signature(connection), search));
    var backward = cursor.map(Cursor::backward).orElse(false);
    var count = Math.min(query.count().orElse(COUNT), MOST);
    var rows = new ArrayList<>(rows(query, found.from(), found, cursor, count + 1, connection));
    var more = rows.size() > count;
    if (more) {
      rows.remove(count);
    }
    if (backward) {
      Collections.reverse(rows);
    }
    var matches = rows.stream().map(Row::resource).toList();
    var included = includes.of(matches, filter, connection);
    return new SearchPage(
        matches,
        included.resources(),
        total,
        (backward || more) && !rows.isEmpty()
            ? Optional.of(rows.get(rows.size() - 1).at(false).write(signature(connection), search))
            : Optional.empty(),
        (backward ? more : cursor.isPresent()) && !rows.isEmpty()
            ? Optional.of(rows.get(0).at(true).write(signature(connection), search))
            : Optional.empty(),
        included.all());
  }

  private record Row(StoredResource resource, List<String> values, long rid) {
    Cursor at(boolean backward) {
      return new Cursor(values, rid, backward);
    }
  }

  /**
   * The matches alone, within a transaction under way.
   *
   * @param among a condition on row {@code r} besides
   */
  public List<StoredResource> matches(
      SearchQuery query, ReadFilter filter, Sql among, Connection connection) {
    query.requireWholeResources();
    var conditions = Asked.conditions(query, filter.types());
    if (conditions.isEmpty()) {
      return List.of();
    }
    var found = AllRows.of(conditions, Contained.NOT, scope(filter, connection));
    var from = found.from().add(" and ").add(among);
    return rows(query, from, found, Optional.empty(), query.count().orElse(COUNT), connection)
        .stream()
        .map(Row::resource)
        .toList();
  }

  /**
   * What the search finds, as {@code from resource r where …}: without order, pages and includes,
   * the filter inside.
   *
   * @param connection to look up what the criteria name, when that takes a look
   * @throws io.yitong.hub.fhir.HubException for an unknown parameter or modifier or an invalid
   *     value
   */
  public Sql matching(SearchQuery query, ReadFilter filter, Connection connection) {
    query.requireWholeResources();
    var conditions = Asked.conditions(query, filter.types());
    return conditions.isEmpty()
        ? Sql.of(" from resource r where false")
        : AllRows.of(conditions, Contained.NOT, scope(filter, connection)).from();
  }

  private Scope scope(ReadFilter filter, Connection connection) {
    return new Scope(
        filter, hubBase, terminology.seenBy(filter, connection), frequencies.asOf(connection));
  }

  private Signature signature(Connection connection) {
    var known = signature;
    if (known.isEmpty()) {
      known = Optional.of(Signature.load(connection));
      signature = known;
    }
    return known.get();
  }

  private long count(AllRows found, Connection connection) {
    return time.query(found.count(), connection, row -> row.getLong(1)).get(0);
  }

  private List<Row> rows(
      SearchQuery query,
      Sql from,
      AllRows found,
      Optional<Cursor> cursor,
      int limit,
      Connection connection) {
    var ordering = Ordering.of(query, found.dateHigh());
    var sql =
        Sql.of(
                "select q.type, q.fhir_id, q.version, q.last_updated, q.deleted, q.content, q.rid, q.patient"
                    + ordering.texts()
                    + " from (select r.type, r.fhir_id, r.version, r.last_updated, r.deleted,"
                    + " r.content, r.rid, r.patient")
            .add(ordering.columns())
            .add(from)
            .add(") q");
    cursor.ifPresent(at -> sql.add(" where ").add(ordering.after(at)));
    return time.query(
        sql.add(ordering.orderBy(cursor.map(Cursor::backward).orElse(false)) + " limit ?", limit),
        connection,
        row -> row(row, ordering.size()));
  }

  private static Row row(ResultSet row, int sorts) throws SQLException {
    var values = new ArrayList<String>(sorts);
    for (var i = 0; i < sorts; i++) {
      values.add(row.getString(9 + i));
    }
    return new Row(ReadResource.row(row), List.copyOf(values), row.getLong(7));
  }
}
