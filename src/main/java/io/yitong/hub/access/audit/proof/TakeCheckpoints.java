package io.yitong.hub.access.audit.proof;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.audit.chain.Head;
import io.yitong.hub.access.audit.proof.Statement.Kind;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Signs where all chains end, each day and when the hub is stopped; one process at a time. A row
 * that a checkpoint covers cannot be changed even by one who can recompute the rest of its chain.
 */
@ApplicationScoped
class TakeCheckpoints {
  private static final Logger LOG = Logger.getLogger(TakeCheckpoints.class);

  private final AgroalDataSource database;
  private final AuditKey key;
  private final Clock clock;
  private final OpenAccess open;
  private final String hub;
  private final Duration every;
  private final CheckpointFiles files;

  TakeCheckpoints(
      AgroalDataSource database,
      AuditKey key,
      Clock clock,
      OpenAccess open,
      @ConfigProperty(name = "yitong.hub.name") String hub,
      @ConfigProperty(name = "yitong.audit.checkpoint-every") Duration every,
      @ConfigProperty(name = "yitong.audit.checkpoints") Path folder) {
    this.database = database;
    this.key = key;
    this.clock = clock;
    this.open = open;
    this.hub = hub;
    this.every = every;
    this.files = new CheckpointFiles(folder.resolve(hub));
  }

  @Scheduled(every = "1m", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  void takeWhenDue() {
    attempt((last, heads) -> !last.at().plus(every).isAfter(clock.instant()));
  }

  void takeAtTheEnd(@Observes ShutdownEvent end) {
    attempt((last, heads) -> !last.heads().equals(heads));
  }

  private void attempt(BiPredicate<Statement, List<Head>> due) {
    if (open.on()) {
      return;
    }
    try {
      take(due);
    } catch (RuntimeException | IOException e) {
      LOG.errorf(e, "audit=no-checkpoint");
    }
  }

  /** Whatever the time. */
  Optional<SignedStatement> takeNow() throws IOException {
    return take((last, heads) -> true);
  }

  /** A file that could not be written, or is gone, is written with the next. */
  private Optional<SignedStatement> take(BiPredicate<Statement, List<Head>> due)
      throws IOException {
    var taken = QuarkusTransaction.requiringNew().call(() -> sign(due));
    if (taken.isPresent()) {
      for (var checkpoint : all()) {
        files.write(checkpoint);
      }
    }
    return taken;
  }

  private Optional<SignedStatement> sign(BiPredicate<Statement, List<Head>> due)
      throws SQLException {
    try (var connection = database.getConnection()) {
      var statements = new Statements(connection);
      if (!statements.lock(Kind.CHECKPOINT)) {
        return Optional.empty();
      }
      var last = statements.last(Kind.CHECKPOINT);
      var heads = statements.heads();
      if (last.isPresent()
          && !due.test(Statement.parse(Kind.CHECKPOINT, last.get().text()), heads)) {
        return Optional.empty();
      }
      var number = last.map(before -> before.number() + 1).orElse(1);
      var statement =
          new Statement(
              Kind.CHECKPOINT,
              hub,
              number,
              clock.instant().truncatedTo(ChronoUnit.MICROS),
              last.map(before -> Statement.hash(before.text())).orElse(Statement.NONE_BEFORE),
              number,
              heads);
      var signed = SignedStatement.of(statement, key);
      statements.add(statement, signed);
      return Optional.of(signed);
    }
  }

  private List<SignedStatement> all() {
    try (var connection = database.getConnection()) {
      return new Statements(connection).all(Kind.CHECKPOINT);
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }
}
