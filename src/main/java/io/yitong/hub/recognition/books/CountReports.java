package io.yitong.hub.recognition.books;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.change.ChangeConsumer;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.ResourceType;

/** Notes each laboratory report once: what was measured, as against recognised. */
@ApplicationScoped
class CountReports implements ChangeConsumer {
  private final AgroalDataSource database;

  CountReports(AgroalDataSource database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "recognition-reports";
  }

  @Override
  public void apply(Change change) {
    var reports =
        change.written().stream()
            .filter(written -> written.effect() == Effect.CREATED)
            .filter(written -> written.key().type() == ResourceType.DiagnosticReport)
            .map(Written::key)
            .map(key -> key.id())
            .toArray();
    if (reports.length == 0 || change.institution().isEmpty()) {
      return;
    }
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into recognition_reported (report, institution, at)
                select unnest(?), ?, ? on conflict do nothing""")) {
      insert.setArray(1, connection.createArrayOf("text", reports));
      insert.setString(2, change.institution().get().urn());
      insert.setObject(3, change.at().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }
}
