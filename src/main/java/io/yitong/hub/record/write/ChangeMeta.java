package io.yitong.hub.record.write;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.json.Splice;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Gives a resource other profiles, tags or security labels without a new version: version and time
 * stay, nothing goes to history (FHIR R4, Resource-meta-add: "does not cause a new version of the
 * resource to be created"). What follows changes learns of it.
 */
@ApplicationScoped
public class ChangeMeta {
  private final DataSource database;
  private final WriteRows rows;

  ChangeMeta(DataSource database, WriteRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * @param change the JSON of the meta element before to that after
   * @return the JSON of the meta element as it is now
   * @throws HubException when there is no such resource, or it is not the caller's to change
   */
  public byte[] change(ResourceKey key, UnaryOperator<byte[]> change, WriteContext context) {
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              try (var connection = database.getConnection()) {
                return change(key, change, context, connection);
              } catch (SQLException e) {
                throw new DatabaseFailure(e);
              }
            });
  }

  private byte[] change(
      ResourceKey key, UnaryOperator<byte[]> change, WriteContext context, Connection connection) {
    var row =
        Optional.ofNullable(
                CurrentRow.lock(List.of(key), context.limits().findable(), connection).get(key))
            .orElseThrow(() -> WriteRules.absent(key, context));
    if (row.deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    var stored = content(row, connection);
    var changed = new String(change.apply(meta(stored)), StandardCharsets.UTF_8);
    var element = stored.root().child("meta").orElseThrow();
    var spliced =
        new Splice(stored.bytes(), 0, stored.bytes().length)
            .replace(element.start(), element.end(), changed)
            .write();
    var text = ResourceJson.read(spliced);
    var put = Intent.Put.of(key, ResourceDraft.of(text), Optional.empty());
    var draft = Draft.of(key, text, Optional.of(put), "");
    if (WriteRules.put(draft, Optional.of(row), context) == Effect.UNCHANGED) {
      return meta(stored);
    }
    var written = new Written(key, Effect.UPDATED, row.version(), row.lastUpdated());
    rows.rewrite(new Decided.Put(draft, Optional.of(row), written, false), context, connection);
    return meta(ResourceJson.read(draft.content(row.version(), row.lastUpdated())));
  }

  private static ResourceJson content(CurrentRow row, Connection connection) {
    return Sql.of("select content from resource where rid = ?", row.rid())
        .query(connection, found -> ResourceJson.read(StoredText.json(found.getBytes(1))))
        .get(0);
  }

  private static byte[] meta(ResourceJson resource) {
    var element = resource.root().child("meta").orElseThrow();
    return Arrays.copyOfRange(resource.bytes(), element.start(), element.end());
  }
}
