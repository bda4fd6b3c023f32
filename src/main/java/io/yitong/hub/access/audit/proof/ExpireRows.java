package io.yitong.hub.access.audit.proof;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.yitong.hub.access.audit.chain.Head;
import io.yitong.hub.access.audit.proof.Statement.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Removes rows that were kept long enough: whole checkpoints at a time, so that what remains begins
 * where a signature says. That it was removed is signed first; then it goes in small transactions.
 */
@ApplicationScoped
class ExpireRows {
  /** 《网络安全法》第二十一条: at least six months. */
  private static final int LEAST_DAYS = 180;

  private static final long AT_ONCE = 10_000;

  private static final Logger LOG = Logger.getLogger(ExpireRows.class);

  private final AgroalDataSource database;
  private final AuditKey key;
  private final Clock clock;
  private final String hub;
  private final Period keep;

  ExpireRows(
      AgroalDataSource database,
      AuditKey key,
      Clock clock,
      @ConfigProperty(name = "yitong.hub.name") String hub,
      @ConfigProperty(name = "yitong.audit.keep") String keep) {
    this.database = database;
    this.key = key;
    this.clock = clock;
    this.hub = hub;
    this.keep = period(keep, clock.instant());
  }

  /**
   * @throws IllegalStateException when it is none, or shorter than the law allows
   */
  static Period period(String keep, Instant now) {
    Period period;
    try {
      period = Period.parse(keep);
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalStateException("yitong.audit.keep is '%s', not like P3Y".formatted(keep), e);
    }
    if (before(now, period).isAfter(before(now, Period.ofDays(LEAST_DAYS)))) {
      throw new IllegalStateException(
          "yitong.audit.keep is %s; the law asks for %d days".formatted(keep, LEAST_DAYS));
    }
    return period;
  }

  private static Instant before(Instant now, Period period) {
    return now.atOffset(ZoneOffset.UTC).minus(period).toInstant();
  }

  /** Made, and so checked, when the hub starts. */
  void announce(@Observes StartupEvent start) {
    LOG.debugf("audit=kept for=%s", keep);
  }

  @Scheduled(every = "1h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
  void expire() {
    expireBefore(before(clock.instant(), keep));
  }

  /**
   * @param limit rows a checkpoint of then or before covers go
   * @return rows removed
   */
  long expireBefore(Instant limit) {
    var removed = 0L;
    var expiry = QuarkusTransaction.requiringNew().call(() -> sign(limit));
    if (expiry.isPresent()) {
      for (var head : Statement.parse(Kind.EXPIRY, expiry.get().text()).heads()) {
        removed += remove(head);
      }
    }
    if (removed > 0) {
      LOG.infof("audit=expired rows=%d", removed);
    }
    return removed;
  }

  /** The newest expiry, made now when there is something to expire; empty when there is none. */
  private Optional<SignedStatement> sign(Instant limit) throws SQLException {
    try (var connection = database.getConnection()) {
      var statements = new Statements(connection);
      if (!statements.lock(Kind.EXPIRY)) {
        return Optional.empty();
      }
      var last = statements.last(Kind.EXPIRY);
      var covered =
          last.map(before -> Statement.parse(Kind.EXPIRY, before.text()).checkpoint()).orElse(0);
      var checkpoint = newest(statements, limit);
      if (checkpoint.isEmpty() || checkpoint.get().number() <= covered) {
        return last;
      }
      var statement =
          new Statement(
              Kind.EXPIRY,
              hub,
              last.map(before -> before.number() + 1).orElse(1),
              clock.instant().truncatedTo(ChronoUnit.MICROS),
              last.map(before -> Statement.hash(before.text())).orElse(Statement.NONE_BEFORE),
              checkpoint.get().number(),
              checkpoint.get().heads());
      var signed = SignedStatement.of(statement, key);
      statements.add(statement, signed);
      return Optional.of(signed);
    }
  }

  private static Optional<Statement> newest(Statements statements, Instant limit)
      throws SQLException {
    return statements.all(Kind.CHECKPOINT).stream()
        .map(signed -> Statement.parse(Kind.CHECKPOINT, signed.text()))
        .filter(checkpoint -> !checkpoint.at().isAfter(limit))
        .reduce((earlier, later) -> later);
  }

  private long remove(Head upTo) {
    var removed = 0L;
    for (; ; ) {
      var count = QuarkusTransaction.requiringNew().call(() -> removeSome(upTo));
      if (count == 0) {
        return removed;
      }
      removed += count;
    }
  }

  private int removeSome(Head upTo) throws SQLException {
    try (var connection = database.getConnection()) {
      unlock(connection);
      try (var delete =
          connection.prepareStatement(
              """
              delete from audit_event where chain = ? and seq <= least(?,
                (select min(seq) from audit_event where chain = ?) + ?)""")) {
        delete.setInt(1, upTo.chain());
        delete.setLong(2, upTo.seq());
        delete.setInt(3, upTo.chain());
        delete.setLong(4, AT_ONCE - 1);
        return delete.executeUpdate();
      }
    }
  }

  /** What the trigger asks for; ends with the transaction. */
  private static void unlock(Connection connection) throws SQLException {
    try (var unlock =
        connection.prepareStatement("select set_config('yitong.audit_expiry', 'on', true)")) {
      unlock.execute();
    }
  }
}
