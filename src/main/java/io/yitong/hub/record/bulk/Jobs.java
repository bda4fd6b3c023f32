package io.yitong.hub.record.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.record.bulk.Job.State;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The jobs of all processes of the hub, in the database. */
@ApplicationScoped
public class Jobs {
  private static final int MOST_OPEN = 50;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLUMNS =
      " id, kind, state, "
          + StoredCaller.COLUMNS
          + ", request, instruction, created, transaction_time, expires, done, total, place, failure,"
          + " failure_detail, attempts ";

  private final DataSource database;
  private final Clock clock;
  private final Duration lease;
  private final Duration keep;

  Jobs(
      DataSource database,
      Clock clock,
      @ConfigProperty(name = "yitong.bulk.lease") Duration lease,
      @ConfigProperty(name = "yitong.bulk.keep") Duration keep) {
    this.database = database;
    this.clock = clock;
    this.lease = lease;
    this.keep = keep;
  }

  /**
   * @throws HubException BUSY when the caller has {@link #MOST_OPEN} jobs waiting or under way
   */
  public void requireRoom(Caller caller) {
    var open =
        query(
            Sql.of(
                "select count(*) from bulk_job where client = ? and state in ('accepted', 'running')",
                caller.client()),
            row -> row.getLong(1));
    if (open.get(0) >= MOST_OPEN) {
      throw new HubException(ErrorCode.BUSY, "");
    }
  }

  /** Joins the caller's transaction when there is one: the job begins once that is committed. */
  public UUID accept(String kind, Caller caller, String request, String instruction) {
    var id = UUID.randomUUID();
    accept(id, kind, caller, request, instruction);
    return id;
  }

  /**
   * @param id of the caller's choice: what the work needs was put aside under it
   */
  public void accept(UUID id, String kind, Caller caller, String request, String instruction) {
    update(
        Sql.of(
                "insert into bulk_job (id, kind, state, request, instruction, created, "
                    + StoredCaller.COLUMNS
                    + ") values (?, ?, 'accepted', ?, ?, ?, ",
                id,
                kind,
                request,
                instruction,
                clock.instant())
            .add(StoredCaller.values(caller))
            .add(")"));
  }

  public Optional<Job> find(UUID id) {
    return query(Sql.of("select" + COLUMNS + "from bulk_job where id = ?", id), Jobs::job).stream()
        .findFirst();
  }

  /** The caller's own, newest first, 100 at most. */
  public List<Job> newest(Caller caller) {
    return query(
        Sql.of(
            "select"
                + COLUMNS
                + "from bulk_job where client = ? and subject = ? and institution is not distinct"
                + " from nullif(?, '') and state <> 'cancelled' order by created desc limit 100",
            caller.client(),
            caller.subject(),
            caller.institution().map(InstitutionId::urn).orElse("")),
        Jobs::job);
  }

  public List<JobFile> files(UUID id) {
    return query(
        Sql.of(
            "select name, role, type, path, lines, bytes from bulk_file where job = ?"
                + " order by role, type, length(name), name",
            id),
        row ->
            new JobFile(
                row.getString(1),
                JobFile.Role.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6)));
  }

  /** No longer worked on, and nothing of it to be fetched any more. */
  public void cancel(UUID id) {
    update(
        Sql.of(
            "update bulk_job set state = 'cancelled', expires = ? where id = ?",
            clock.instant(),
            id));
  }

  /** Takes the oldest job that waits, or whose process does not renew its lease. */
  Optional<Job> claim(String kind, UUID worker) {
    return query(
            Sql.of(
                    """
                    update bulk_job set state = 'running', worker = ?, attempts = attempts + 1,
                      lease_until = now() + ? * interval '1 millisecond'
                    where id = (
                      select id from bulk_job
                      where kind = ? and state in ('accepted', 'running') and lease_until < now()
                      order by created limit 1 for update skip locked)
                    returning\
                    """,
                    worker,
                    lease.toMillis(),
                    kind)
                .add(COLUMNS),
            Jobs::job)
        .stream()
        .findFirst();
  }

  boolean renew(UUID id, UUID worker, long done, long total) {
    return held(
        Sql.of(
            "update bulk_job set done = ?, total = nullif(?, -1),"
                + " lease_until = now() + ? * interval '1 millisecond'",
            done,
            total,
            lease.toMillis()),
        id,
        worker);
  }

  boolean keepPlace(UUID id, UUID worker, String place, long done, long total) {
    return held(
        Sql.of(
            "update bulk_job set place = ?, done = ?, total = nullif(?, -1)", place, done, total),
        id,
        worker);
  }

  boolean keepTransactionTime(UUID id, UUID worker, Instant time) {
    return held(Sql.of("update bulk_job set transaction_time = ?", time), id, worker);
  }

  /** Given back; another process, or this one, goes on with it after a while. */
  boolean release(UUID id, UUID worker, Duration after) {
    return held(
        Sql.of(
            "update bulk_job set worker = null, lease_until = now() + ? * interval '1 millisecond'",
            after.toMillis()),
        id,
        worker);
  }

  boolean fail(UUID id, UUID worker, HubException why) {
    return held(
        Sql.of(
            "update bulk_job set state = 'failed', failure = ?, failure_detail = ?, expires = ?",
            why.code().name(),
            detail(why),
            clock.instant().plus(keep)),
        id,
        worker);
  }

  /** In a transaction under way: done, with what it leaves. */
  boolean complete(UUID id, UUID worker, long done, List<JobFile> files) {
    var completed =
        held(
            Sql.of(
                "update bulk_job set state = 'completed', done = ?, expires = ?",
                done,
                clock.instant().plus(keep)),
            id,
            worker);
    if (completed) {
      files.forEach(file -> keep(id, file));
    }
    return completed;
  }

  /** Jobs whose files and rows are to be removed. */
  List<UUID> expired() {
    return query(
        Sql.of(
            "select id from bulk_job where expires < ? and state <> 'running' limit 100",
            clock.instant()),
        row -> row.getObject(1, UUID.class));
  }

  /** Those of which there is no job. */
  List<UUID> unknown(List<UUID> ids) {
    return ids.isEmpty()
        ? List.of()
        : query(
            Sql.of(
                "select id::uuid from unnest(?) id where not exists"
                    + " (select 1 from bulk_job j where j.id = id::uuid)",
                (Object) ids.stream().map(UUID::toString).toArray(String[]::new)),
            row -> row.getObject(1, UUID.class));
  }

  void forget(UUID id) {
    update(Sql.of("delete from bulk_job where id = ?", id));
  }

  private void keep(UUID id, JobFile file) {
    update(
        Sql.of(
            "insert into bulk_file (job, name, role, type, path, lines, bytes)"
                + " values (?, ?, ?, ?, ?, ?, ?)",
            id,
            file.name(),
            file.role().name().toLowerCase(Locale.ROOT),
            file.type(),
            file.path(),
            file.lines(),
            file.bytes()));
  }

  /** Whether the job was still this worker's. */
  private boolean held(Sql change, UUID id, UUID worker) {
    return update(change.add(" where id = ? and worker = ? and state = 'running'", id, worker)) > 0;
  }

  private static Job job(ResultSet row) throws SQLException {
    var total = row.getLong(18);
    var hasTotal = !row.wasNull();
    return new Job(
        row.getObject(1, UUID.class),
        row.getString(2),
        State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        StoredCaller.read(row, 4),
        row.getString(12),
        row.getString(13),
        row.getTimestamp(14).toInstant(),
        instant(row, 15),
        instant(row, 16),
        row.getLong(17),
        hasTotal ? OptionalLong.of(total) : OptionalLong.empty(),
        row.getString(19),
        failure(row.getString(20), row.getString(21)),
        row.getInt(22));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** Where, then what the texts of the code take. */
  private static String detail(HubException why) {
    var detail = new ArrayList<String>();
    detail.add(why.where());
    why.arguments().forEach(argument -> detail.add(String.valueOf(argument)));
    try {
      return JSON.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<HubException> failure(String code, String detail) {
    if (code == null) {
      return Optional.empty();
    }
    try {
      var parts = JSON.readValue(detail, new TypeReference<List<String>>() {});
      return Optional.of(
          new HubException(
              ErrorCode.valueOf(code), parts.get(0), parts.subList(1, parts.size()).toArray()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private int update(Sql sql) {
    return connected(sql::update);
  }

  private <T> List<T> query(Sql sql, Sql.RowReader<T> reader) {
    return connected(connection -> sql.query(connection, reader));
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
