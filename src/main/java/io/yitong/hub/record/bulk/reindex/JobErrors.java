package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.record.bulk.BulkFolder;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobFile.Role;
import io.yitong.hub.record.bulk.NdjsonFiles;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.ReindexResources.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** Resources that a job could not read; they are reported when it is done. */
@ApplicationScoped
class JobErrors {
  private final DataSource database;
  private final BulkFolder folder;

  JobErrors(DataSource database, BulkFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  /** In the transaction of the batch they were found in. */
  void add(UUID job, long after, List<Unreadable> unreadable) {
    for (var i = 0; i < unreadable.size(); i++) {
      var outcome = Outcomes.of(unreadable.get(i).why());
      outcome.getIssueFirstRep().addLocation(unreadable.get(i).key().reference());
      var sql =
          Sql.of(
              "insert into bulk_error (job, number, outcome) values (?, ?, ?) on conflict do nothing",
              job,
              after + 1 + i,
              new String(FhirJson.write(outcome), StandardCharsets.UTF_8));
      connected(sql::update);
    }
  }

  List<JobFile> report(UUID job) {
    var outcomes =
        connected(
            connection ->
                Sql.of("select outcome from bulk_error where job = ? order by number", job)
                    .query(connection, row -> row.getString(1)));
    try (var errors =
        new NdjsonFiles(folder.make(job).resolve("report"), Role.ERROR, "OperationOutcome")) {
      outcomes.forEach(outcome -> errors.write(outcome.getBytes(StandardCharsets.UTF_8)));
      return errors.finish();
    }
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
