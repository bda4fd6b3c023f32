package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.Jobs;
import io.yitong.hub.record.index.IndexRules;
import io.yitong.hub.record.index.IndexRules.Stored;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** By which rules what is stored is indexed, as the database has it for all processes. */
@ApplicationScoped
public class RulesInForce {
  private static final Logger LOG = Logger.getLogger(RulesInForce.class);

  private final DataSource database;
  private final Jobs jobs;
  private final RetriedTransaction transactions;

  RulesInForce(DataSource database, Jobs jobs, RetriedTransaction transactions) {
    this.database = database;
    this.jobs = jobs;
    this.transactions = transactions;
  }

  /**
   * @param stored empty when nobody has said so yet
   */
  private record Row(Optional<Integer> stored, int wanted, Optional<UUID> job, String progress) {
    Stored known() {
      return new Stored(stored.orElse(0), wanted, progress);
    }
  }

  /**
   * When a process starts: has what is stored indexed anew where this release's rules are newer,
   * unless that is under way. An empty store needs none.
   */
  public void begin() {
    transactions.call(
        () -> {
          var row = row(" for update of i");
          if (row.stored().isEmpty() && isEmpty()) {
            update(Sql.of("update index_rules set stored = ?", IndexRules.VERSION));
          } else if (row.known().isBehind() && !isUnderWay(row)) {
            var caller = Caller.hub("index-rules", CorrelationId.random());
            var job =
                jobs.accept(
                    UpgradeIndex.KIND,
                    caller,
                    "index-rules",
                    Integer.toString(row.known().version()));
            update(Sql.of("update index_rules set wanted = ?, job = ?", IndexRules.VERSION, job));
            LOG.infof(
                "index-rules=behind stored=%d release=%d job=%s",
                row.known().version(), IndexRules.VERSION, job);
          }
          return true;
        });
  }

  private boolean isUnderWay(Row row) {
    return row.wanted() >= IndexRules.VERSION
        && row.job().flatMap(jobs::find).filter(Job::isOpen).isPresent();
  }

  public Stored now() {
    return row("").known();
  }

  /**
   * @throws HubException RELEASE_SUPERSEDED when a newer release indexes by rules unknown here
   */
  public static void requireInForce() {
    var stored = IndexRules.stored();
    if (stored.isAhead()) {
      throw new HubException(ErrorCode.RELEASE_SUPERSEDED, "", IndexRules.VERSION, stored.wanted());
    }
  }

  /** In a transaction under way: everything is indexed by this release's rules. */
  void complete(UUID job) {
    update(
        Sql.of(
            "update index_rules set stored = wanted where job = ? and wanted = ?",
            job,
            IndexRules.VERSION));
  }

  private boolean isEmpty() {
    return connected(
        connection ->
            Sql.of("select 1 from resource limit 1").query(connection, row -> true).isEmpty());
  }

  private Row row(String lock) {
    return connected(
            connection ->
                Sql.of(
                        "select i.stored, i.wanted, i.job, j.done, j.total"
                            + " from index_rules i left join bulk_job j on j.id = i.job"
                            + lock)
                    .query(
                        connection,
                        row ->
                            new Row(
                                Optional.ofNullable(row.getObject(1, Integer.class)),
                                row.getInt(2),
                                Optional.ofNullable(row.getObject(3, UUID.class)),
                                row.getObject(5) == null
                                    ? "waiting"
                                    : "%d of %d resources"
                                        .formatted(row.getLong(4), row.getLong(5)))))
        .get(0);
  }

  private void update(Sql sql) {
    connected(sql::update);
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
