package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.index.IndexEntries;
import io.yitong.hub.record.index.IndexResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.write.WriteIndex.Indexed;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What resources inside others are found by (FHIR R4, 3.1.1.5.5): a row each in {@code contained},
 * with a number of its own, under which the index tables know it. Few resources contain others; the
 * rest is told by a key.
 */
final class WriteContained {
  private WriteContained() {}

  /**
   * A row whose resource may contain others.
   *
   * @param content as stored
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Container(long rid, ResourceKey key, IndexEntries entries, byte[] content) {
    private boolean isOne() {
      return Arrays.binarySearch(entries.keys(), Keys.CONTAINER) >= 0;
    }
  }

  static void enter(Collection<Container> rows, Connection connection) {
    for (var container : rows) {
      if (container.isOne()) {
        ResourceJson.read(container.content())
            .root()
            .children("contained")
            .forEach(resource -> enter(container, resource, connection));
      }
    }
  }

  private static void enter(Container container, Element resource, Connection connection) {
    var id = resource.value("id").orElse("");
    var entries = IndexResource.of(resource, id, "").withoutCodes();
    var rid =
        Sql.of(
                """
                insert into contained (rid, container, type, fhir_id, self, date_low, date_high, keys, content)
                values (nextval('resource_rid'), ?, ?, ?, ?, to_timestamp(?), to_timestamp(?), ?, ?)
                returning rid\
                """,
                container.rid(),
                TypeCodes.of(ResourceType.fromCode(resource.type())),
                id,
                Keys.self(container.key(), id),
                RowDraft.dateLow(entries),
                RowDraft.dateHigh(entries),
                entries.keys(),
                StoredText.of(
                    Arrays.copyOfRange(container.content(), resource.start(), resource.end())))
            .query(connection, row -> row.getLong(1))
            .get(0);
    var rows = List.of(new Indexed(rid, RowDraft.NONE, entries));
    Sql.with(WriteIndex.entering(rows), Sql.of("select 1")).query(connection, row -> row.getInt(1));
    WriteIndex.enterSeldom(rows, connection);
  }

  /** Takes away all that stood in resources, when one of them did contain others. */
  static void forget(long[] containers, Connection connection) {
    var rids =
        Sql.of("select rid from contained where container = any(?)", (Object) containers)
            .query(connection, row -> row.getLong(1))
            .stream()
            .mapToLong(Long::longValue)
            .toArray();
    if (rids.length > 0) {
      Sql.with(
              WriteIndex.forgetting(rids),
              Sql.of("delete from contained where ").add(Sql.among("rid", rids)))
          .update(connection);
    }
  }
}
