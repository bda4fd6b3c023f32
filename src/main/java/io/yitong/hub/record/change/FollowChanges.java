package io.yitong.hub.record.change;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes one consumer through the changes. Its place is a row that is locked while changes are
 * applied and moves in the same transaction, so of several hub processes one works at a time and
 * nothing that was applied is applied again. A change that fails is tried again, later each time,
 * and in the end set aside with its error.
 */
final class FollowChanges {
  private static final Logger LOG = Logger.getLogger(FollowChanges.class);
  private static final int TRIES = 20;
  private static final int MOST_AT_ONCE = 256;
  private static final Duration FIRST_DELAY = Duration.ofMillis(100);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  private final ChangeConsumer consumer;
  private final DataSource database;
  private int atOnce = MOST_AT_ONCE;
  private boolean known;

  FollowChanges(ChangeConsumer consumer, DataSource database) {
    this.consumer = consumer;
    this.database = database;
  }

  private record Place(String tx, long sequence, int attempts) {}

  private record Entry(String tx, Change change) {}

  /** A change that its consumer failed on. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final transient Entry entry;

    Failed(Place place, Entry entry, RuntimeException cause) {
      super(cause);
      this.place = place;
      this.entry = entry;
    }
  }

  /**
   * Applies the next changes, if there are any and no other process is at it.
   *
   * @return whether it is worth going on at once
   */
  boolean step() {
    if (!known) {
      connected(this::makeKnown);
      known = true;
    }
    try {
      var applied =
          QuarkusTransaction.requiringNew().call(() -> this.<Integer>connected(this::apply));
      if (applied > 0) {
        atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
      }
      return applied > 0;
    } catch (Failed e) {
      if (atOnce > 1) {
        // Those before it were rolled back with it: they go one by one now.
        LOG.warnf(
            "changes=rolled-back consumer=%s sequence=%d cause=%s",
            consumer.name(), e.entry.change().sequence(), e.getCause());
        atOnce = 1;
        return true;
      }
      QuarkusTransaction.requiringNew().run(() -> connected(c -> postpone(e, c)));
      return true;
    }
  }

  private int makeKnown(Connection connection) {
    return Sql.of(
            "insert into change_cursor (consumer) values (?) on conflict do nothing",
            consumer.name())
        .update(connection);
  }

  private int apply(Connection connection) {
    var places =
        Sql.of(
                """
                select tx::text, sequence, attempts from change_cursor
                where consumer = ? and not_before <= now() for update skip locked\
                """,
                consumer.name())
            .query(connection, row -> new Place(row.getString(1), row.getLong(2), row.getInt(3)));
    if (places.isEmpty()) {
      return 0;
    }
    var entries = after(places.get(0), connection);
    for (var entry : entries) {
      try {
        consumer.apply(entry.change());
      } catch (RuntimeException e) {
        throw new Failed(places.get(0), entry, e);
      }
    }
    if (!entries.isEmpty()) {
      move(entries.get(entries.size() - 1), connection);
    }
    return entries.size();
  }

  /**
   * Up to the oldest transaction still running: what it commits must not be passed by. The order is
   * that of the column, not of its text in the answer.
   */
  private List<Entry> after(Place place, Connection connection) {
    return Sql.of(
            """
            select c.tx::text, c.sequence, c.at, c.correlation, c.institution, c.types, c.ids, c.effects, c.versions, c.fed
            from change c
            where (c.tx, c.sequence) > (?::xid8, ?) and c.tx < pg_snapshot_xmin(pg_current_snapshot())
            order by c.tx, c.sequence limit ?\
            """,
            place.tx(),
            place.sequence(),
            atOnce)
        .query(connection, FollowChanges::entry);
  }

  private void move(Entry entry, Connection connection) {
    Sql.of(
            "update change_cursor set tx = ?::xid8, sequence = ?, attempts = 0 where consumer = ?",
            entry.tx(),
            entry.change().sequence(),
            consumer.name())
        .update(connection);
  }

  private int postpone(Failed failed, Connection connection) {
    var attempts = failed.place.attempts() + 1;
    var sequence = failed.entry.change().sequence();
    LOG.warnf(
        failed.getCause(),
        "change=failed consumer=%s sequence=%d correlation=%s attempt=%d",
        consumer.name(),
        sequence,
        failed.entry.change().correlation(),
        attempts);
    if (attempts >= TRIES) {
      Sql.of(
              """
              insert into change_parked (consumer, sequence, at, error) values (?, ?, now(), ?)
              on conflict do nothing\
              """,
              consumer.name(),
              sequence,
              String.valueOf(failed.getCause()))
          .update(connection);
      move(failed.entry, connection);
      return 1;
    }
    return Sql.of(
            """
            update change_cursor set attempts = ?, not_before = now() + ? * interval '1 millisecond'
            where consumer = ? and tx = ?::xid8 and sequence = ?\
            """,
            attempts,
            delay(attempts).toMillis(),
            consumer.name(),
            failed.place.tx(),
            failed.place.sequence())
        .update(connection);
  }

  static Duration delay(int attempts) {
    var delay = FIRST_DELAY.multipliedBy(1L << Math.min(attempts - 1, 20));
    return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    var at = row.getTimestamp(3).toInstant();
    var types = (Short[]) row.getArray(6).getArray();
    var ids = (String[]) row.getArray(7).getArray();
    var effects = (String[]) row.getArray(8).getArray();
    var versions = (Integer[]) row.getArray(9).getArray();
    var written = new ArrayList<Written>(ids.length);
    for (var i = 0; i < ids.length; i++) {
      written.add(
          new Written(
              new ResourceKey(TypeCodes.type(types[i]), ids[i]),
              Effect.valueOf(effects[i]),
              versions[i],
              at));
    }
    return new Entry(
        row.getString(1),
        new Change(
            row.getLong(2),
            new CorrelationId(row.getString(4)),
            Optional.ofNullable(row.getString(5)).map(InstitutionId::new),
            row.getBoolean(10),
            at,
            List.copyOf(written)));
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
