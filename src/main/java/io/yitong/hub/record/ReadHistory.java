package io.yitong.hub.record;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.HistoryQuery.OfInstance;
import io.yitong.hub.record.HistoryQuery.OfTypes;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Signature;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Reads the versions of one resource, of types or of everything, newest first, a page at a time. A
 * resource's whole history is visible or hidden by its current row.
 */
@ApplicationScoped
public class ReadHistory {
  /** More are not counted: a total costs as much as reading every row it counts. */
  static final int MOST_COUNTED = 10_000;

  private static final int MOST = 1000;
  private static final String CURRENT =
      "select r.type, r.fhir_id, r.version, r.last_updated, r.deleted, r.content, r.rid, r.patient"
          + " from resource r where ";
  private static final String EARLIER =
      "select r.type, r.fhir_id, h.version, h.last_updated, h.deleted, h.content, h.rid, r.patient"
          + " from resource_history h join resource r on r.rid = h.rid where ";

  private final DataSource database;
  private volatile Optional<Signature> signature = Optional.empty();

  ReadHistory(DataSource database) {
    this.database = database;
  }

  private record Row(StoredResource resource, HistoryCursor cursor) {}

  /**
   * @throws io.yitong.hub.fhir.HubException for a cursor that is not of this history
   */
  public HistoryPage page(HistoryQuery query, ReadFilter filter) {
    var seen = visible(query, filter);
    if (seen.isEmpty()) {
      return new HistoryPage(List.of(), OptionalLong.of(0), Optional.empty());
    }
    try (var connection = database.getConnection()) {
      var total = total(seen.get(), filter, connection);
      var count = Math.min(query.count(), MOST);
      if (count == 0) {
        return new HistoryPage(List.of(), total, Optional.empty());
      }
      var history = query.history();
      var signature = signature(connection);
      var from = query.cursor().map(cursor -> HistoryCursor.read(cursor, signature, history));
      var rows = rows(seen.get(), from, filter, count + 1).query(connection, ReadHistory::row);
      var next =
          rows.size() > count
              ? Optional.of(rows.get(count - 1).cursor().write(signature, history))
              : Optional.<String>empty();
      return new HistoryPage(rows.stream().limit(count).map(Row::resource).toList(), total, next);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private Signature signature(Connection connection) {
    var known = signature;
    if (known.isEmpty()) {
      known = Optional.of(Signature.load(connection));
      signature = known;
    }
    return known.get();
  }

  /** The query without the types that the filter hides; empty when nothing is left. */
  private static Optional<HistoryQuery> visible(HistoryQuery query, ReadFilter filter) {
    if (query.of() instanceof OfTypes of) {
      var types =
          of.types().stream()
              .filter(filter.types()::contains)
              .collect(Collectors.toUnmodifiableSet());
      return types.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new HistoryQuery(
                  new OfTypes(types), query.since(), query.at(), query.count(), query.cursor()));
    }
    var key = ((OfInstance) query.of()).key();
    return filter.types().contains(key.type()) ? Optional.of(query) : Optional.empty();
  }

  /** Each type by its own index, so that a page costs the same however much there is. */
  static Sql rows(HistoryQuery query, Optional<HistoryCursor> from, ReadFilter filter, int limit) {
    if (query.of() instanceof OfTypes of) {
      return Sql.of("select v.* from unnest(?) t(code) cross join lateral (", (Object) codes(of))
          .add(newest(query, from, filter, limit))
          .add(") v order by v.last_updated desc, v.rid desc, v.version desc limit ?", limit);
    }
    return newest(query, from, filter, limit)
        .add(" order by last_updated desc, rid desc, version desc limit ?", limit);
  }

  private static Sql newest(
      HistoryQuery query, Optional<HistoryCursor> from, ReadFilter filter, int limit) {
    return Sql.of("(" + CURRENT)
        .add(conditions(query, filter, "r", "r.type = t.code"))
        .add(after(from, "r"))
        .add(" order by r.last_updated desc, r.rid desc limit ?) union all (" + EARLIER, limit)
        .add(conditions(query, filter, "h", "h.type = t.code"))
        .add(after(from, "h"))
        .add(" order by h.last_updated desc, h.rid desc, h.version desc limit ?)", limit);
  }

  private static OptionalLong total(HistoryQuery query, ReadFilter filter, Connection connection) {
    var sql = Sql.of("select count(*) from (");
    if (query.of() instanceof OfTypes of) {
      sql.add("select 1 from unnest(?) t(code) cross join lateral (", (Object) codes(of));
    }
    sql.add("(" + CURRENT)
        .add(conditions(query, filter, "r", "r.type = t.code"))
        .add(") union all (" + EARLIER)
        .add(conditions(query, filter, "h", "h.type = t.code"))
        .add(query.of() instanceof OfTypes ? ")) v" : ")")
        .add(" limit ?) counted", MOST_COUNTED + 1);
    long counted = sql.query(connection, row -> row.getLong(1)).get(0);
    return counted > MOST_COUNTED ? OptionalLong.empty() : OptionalLong.of(counted);
  }

  /**
   * @param alias of the version's row: {@code r} of the current one, {@code h} of an earlier one
   */
  private static Sql conditions(
      HistoryQuery query, ReadFilter filter, String alias, String byType) {
    var sql =
        query.of() instanceof OfInstance of
            ? Sql.of("r.type = ? and r.fhir_id = ?", TypeCodes.of(of.key().type()), of.key().id())
            : Sql.of(byType);
    sql.add(" and ").add(Visibility.of(filter, "r"));
    query.since().ifPresent(since -> sql.add(" and " + alias + ".last_updated >= ?", since));
    query
        .at()
        .ifPresent(
            at -> {
              sql.add(" and " + alias + ".last_updated < ?", at.high());
              if (alias.equals("h")) {
                sql.add(
                    " and coalesce((select n.last_updated from resource_history n where n.rid ="
                        + " h.rid and n.version = h.version + 1), r.last_updated) > ?",
                    at.low());
              }
            });
    return sql;
  }

  private static Sql after(Optional<HistoryCursor> from, String alias) {
    return from.map(
            cursor ->
                Sql.of(
                    " and (A.last_updated, A.rid, A.version) < (?, ?, ?)".replace("A", alias),
                    cursor.lastUpdated(),
                    cursor.rid(),
                    cursor.version()))
        .orElseGet(() -> Sql.of(""));
  }

  private static short[] codes(OfTypes of) {
    return TypeCodes.of(of.types());
  }

  private static Row row(ResultSet row) throws SQLException {
    var resource = ReadResource.row(row);
    return new Row(
        resource, new HistoryCursor(resource.lastUpdated(), row.getLong(7), resource.version()));
  }
}
