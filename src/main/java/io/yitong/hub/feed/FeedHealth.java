package io.yitong.hub.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The journal's reading side: every feed's state, and what is in quarantine. */
@ApplicationScoped
public class FeedHealth {
  private static final String SUMMARY =
      "id, sender, received_at, control_id, file_name, message_type, patient_number, state,"
          + " correlation, versions_written, error_code, error_where, error_zh, error_en, unmapped";

  private final Rows rows;
  private final Senders senders;
  private final StartFeeds started;
  private final Clock clock;
  private final Instant since;

  FeedHealth(DataSource database, Senders senders, StartFeeds started, Clock clock) {
    this.rows = new Rows(database);
    this.senders = senders;
    this.started = started;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Every feed of this hub, in the order of the files. */
  public List<SenderHealth> all() {
    var ids = senders.all().stream().map(sender -> sender.id().toString()).toArray(String[]::new);
    var lastDay = lastDay(ids);
    var lastError = lastErrors(ids);
    var lastMessage = lastMessages(ids);
    return senders.all().stream()
        .map(
            sender -> {
              var id = sender.id().toString();
              return health(
                  sender,
                  Optional.ofNullable(lastMessage.get(id)),
                  lastDay.getOrDefault(id, Map.of()),
                  Optional.ofNullable(lastError.get(id)));
            })
        .toList();
  }

  /** Files of camel-routes that are not in force, and feeds that did not start. */
  public List<FileProblem> problems() {
    return Stream.concat(senders.problems().stream(), started.problems().stream()).toList();
  }

  /**
   * @param sender as {@link SenderId#toString} writes it
   * @param before newest first from this number on, exclusive; Long.MAX_VALUE from the newest
   */
  public List<MessageSummary> messages(
      String sender, Optional<JournalState> state, long before, int limit) {
    return rows.query(
        "select "
            + SUMMARY
            + " from journal where sender = ? and id < ? and (?::text is null or state = ?)"
            + " order by id desc limit ?",
        FeedHealth::summary,
        sender,
        before,
        state.map(JournalState::code).orElse(null),
        state.map(JournalState::code).orElse(null),
        limit);
  }

  public Optional<MessageSummary> message(MessageId id) {
    return rows
        .query("select " + SUMMARY + " from journal where id = ?", FeedHealth::summary, id.value())
        .stream()
        .findFirst();
  }

  private SenderHealth health(
      Sender sender,
      Optional<Instant> lastMessage,
      Map<JournalState, Long> lastDay,
      Optional<MessageSummary> lastError) {
    var quiet = Duration.between(lastMessage.orElse(since), clock.instant());
    var silent = quiet.compareTo(sender.silentAfter()) > 0;
    return new SenderHealth(
        sender.id().toString(),
        sender.id().institution().urn(),
        sender.dialect().organizationNameZh(),
        sender.dialect().organizationNameEn(),
        sender.template(),
        sender.port(),
        lastMessage,
        lastDay,
        lastError,
        silent,
        started.problems().stream()
            .filter(problem -> problem.file().equals(sender.id().toString()))
            .map(FileProblem::reason)
            .findFirst());
  }

  private Map<String, Map<JournalState, Long>> lastDay(String[] ids) {
    record Count(String sender, JournalState state, long messages) {}
    return rows
        .query(
            "select sender, state, count(*) from journal where sender = any(?)"
                + " and received_at > ? group by sender, state",
            row -> new Count(row.getString(1), JournalState.of(row.getString(2)), row.getLong(3)),
            ids,
            Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
        .stream()
        .collect(
            Collectors.groupingBy(
                Count::sender,
                Collectors.toMap(
                    Count::state,
                    Count::messages,
                    Long::sum,
                    () -> new EnumMap<>(JournalState.class))));
  }

  private Map<String, Instant> lastMessages(String[] ids) {
    return rows
        .query(
            "select sender, (select max(received_at) from journal where sender = s.sender)"
                + " from unnest(?) as s (sender)",
            row -> Map.entry(row.getString(1), Optional.ofNullable(row.getTimestamp(2))),
            (Object) ids)
        .stream()
        .filter(entry -> entry.getValue().isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get().toInstant()));
  }

  private Map<String, MessageSummary> lastErrors(String[] ids) {
    return rows
        .query(
            "select "
                + SUMMARY
                + " from journal where id in (select (select max(id) from journal"
                + " where sender = s.sender and error_code is not null) from unnest(?) as s (sender))",
            FeedHealth::summary,
            (Object) ids)
        .stream()
        .collect(Collectors.toMap(MessageSummary::sender, Function.identity()));
  }

  private static MessageSummary summary(ResultSet row) throws SQLException {
    var unmapped = row.getArray(15);
    return new MessageSummary(
        row.getLong(1),
        row.getString(2),
        row.getTimestamp(3).toInstant(),
        row.getString(4),
        Optional.ofNullable(row.getString(5)),
        row.getString(6),
        row.getString(7),
        JournalState.of(row.getString(8)),
        row.getString(9),
        row.getInt(10),
        Optional.ofNullable(row.getString(11)),
        Optional.ofNullable(row.getString(12)),
        Optional.ofNullable(row.getString(13)),
        Optional.ofNullable(row.getString(14)),
        unmapped == null ? List.of() : List.of((String[]) unmapped.getArray()));
  }
}
