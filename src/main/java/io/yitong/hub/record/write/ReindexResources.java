package io.yitong.hub.record.write;

import io.yitong.hub.access.consent.SensitiveCategories;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.index.IndexResource;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.RowTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.write.WriteContained.Container;
import io.yitong.hub.record.write.WriteIndex.Indexed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Makes afresh what stored resources are found by. Content, versions and times stay as they are.
 * The rows of a batch are locked while it is done, in the order in which writers lock them: an
 * update waits for the batch, or the batch for the update and sees it.
 */
@ApplicationScoped
public class ReindexResources {
  private static final RowTable FOUND_BY =
      RowTable.of(
          "n",
          "rid bigint",
          "keys bigint[]",
          "low float8",
          "high float8",
          "patient text",
          "sensitive text[]");

  private final DataSource database;

  ReindexResources(DataSource database) {
    this.database = database;
  }

  /**
   * What became of a batch.
   *
   * @param last number of the last row; empty when there were none left
   * @param unreadable stored resources that this hub cannot read any more
   */
  public record Batch(OptionalLong last, int rows, List<Unreadable> unreadable) {}

  public record Unreadable(ResourceKey key, HubException why) {}

  private record Stored(long rid, ResourceKey key, byte[] content) {}

  private record Reindexed(Container row, Set<String> sensitive) {}

  /** About how many there are to go through: those deleted are counted too, from an index alone. */
  public long count(Collection<ResourceType> types) {
    return connected(
        connection ->
            Sql.of(
                    "select count(*) from resource where type = any(?)",
                    (Object) TypeCodes.of(types))
                .query(connection, row -> row.getLong(1))
                .get(0));
  }

  /**
   * The next rows, within a transaction under way.
   *
   * @param after number of the last row of the batch before
   * @param concerned whether a resource is to be done at all
   */
  public Batch batch(
      Collection<ResourceType> types, long after, int most, Predicate<Element> concerned) {
    return connected(
        connection -> {
          var rids = next(types, after, most, connection);
          if (rids.length == 0) {
            return new Batch(OptionalLong.empty(), 0, List.of());
          }
          var unreadable = new ArrayList<Unreadable>();
          var indexed = new ArrayList<Reindexed>(rids.length);
          for (var stored : lock(rids, connection)) {
            try {
              var root = ResourceJson.read(stored.content()).root();
              if (concerned.test(root)) {
                indexed.add(indexed(stored, root));
              }
            } catch (HubException e) {
              unreadable.add(new Unreadable(stored.key(), e));
            }
          }
          if (!indexed.isEmpty()) {
            replace(indexed, connection);
          }
          return new Batch(OptionalLong.of(rids[rids.length - 1]), rids.length, unreadable);
        });
  }

  private static long[] next(
      Collection<ResourceType> types, long after, int most, Connection connection) {
    return Sql.of(
            """
            select rid from resource where type = any(?) and rid > ? and not deleted
            order by rid limit ?\
            """,
            TypeCodes.of(types),
            after,
            most)
        .query(connection, row -> row.getLong(1))
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private static List<Stored> lock(long[] rids, Connection connection) {
    return Sql.of(
            """
            select rid, type, fhir_id, content from resource where rid = any(?) and not deleted
            order by type, fhir_id for update\
            """,
            (Object) rids)
        .query(
            connection,
            row ->
                new Stored(
                    row.getLong(1),
                    new ResourceKey(TypeCodes.type(row.getShort(2)), row.getString(3)),
                    StoredText.json(row.getBytes(4))));
  }

  private static Reindexed indexed(Stored stored, Element root) {
    var entries = IndexResource.of(root, stored.key().id(), "");
    return new Reindexed(
        new Container(stored.rid(), stored.key(), entries, stored.content()),
        SensitiveCategories.of(root));
  }

  /** A row that is the same already is not written: its content would be written with it. */
  private static void replace(List<Reindexed> reindexed, Connection connection) {
    var containers = reindexed.stream().map(Reindexed::row).toList();
    var rows =
        containers.stream()
            .map(row -> new Indexed(row.rid(), RowDraft.dateHigh(row.entries()), row.entries()))
            .toList();
    var rids = rows.stream().mapToLong(Indexed::rid).toArray();
    WriteContained.forget(rids, connection);
    Sql.with(
            WriteIndex.forgetting(rids),
            Sql.of(
                    """
                    update resource r set keys = d.keys, date_low = d.low, date_high = d.high, patient = d.patient,
                      sensitive = d.sensitive
                    from (
                      select n.rid, n.keys, to_timestamp(n.low) as low, to_timestamp(n.high) as high,
                             coalesce(n.patient, o.patient) as patient, coalesce(o.sensitive, n.sensitive) as sensitive
                      from\s
                    """)
                .add(FOUND_BY.rows(reindexed.stream().map(ReindexResources::foundBy).toList()))
                .add(
                    """
                     join resource o on o.rid = n.rid) d
                    where r.rid = d.rid
                      and (r.keys, r.date_low, r.date_high, r.patient, r.sensitive)
                        is distinct from (d.keys, d.low, d.high, d.patient, d.sensitive)\
                    """))
        .update(connection);
    Sql.with(WriteIndex.entering(rows), Sql.of("select 1")).query(connection, row -> row.getInt(1));
    WriteIndex.enterSeldom(rows, connection);
    WriteContained.enter(containers, connection);
  }

  private static Object[] foundBy(Reindexed reindexed) {
    var entries = reindexed.row().entries();
    return new Object[] {
      reindexed.row().rid(),
      entries.keys(),
      RowDraft.dateLow(entries),
      RowDraft.dateHigh(entries),
      entries.patientId().orElse(null),
      reindexed.sensitive().isEmpty() ? null : reindexed.sensitive().toArray(String[]::new)
    };
  }

  private interface Work<T> {
    T with(Connection connection);
  }

  private <T> T connected(Work<T> work) {
    try (var connection = database.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
