package io.yitong.hub.access.audit.search;

import io.yitong.hub.access.audit.chain.AuditRow;
import io.yitong.hub.access.audit.proof.ReadRows;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The statement of a search. Patients are found week by week, as their index is laid out; the rest
 * in the order of time, or by the pages that may hold it.
 */
final class SelectRows {
  private static final long WEEK = Duration.ofDays(7).toSeconds();
  private static final String WEEKS = "((at / 604800000000)::int) = any (?)";

  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();
  private final AuditQuery query;
  private final Integer[] weeks;

  SelectRows(AuditQuery query, Instant since, Instant now) {
    this.query = query;
    var last = query.until().filter(until -> until.isBefore(now)).orElse(now);
    this.weeks = weeks(since, last);
    write();
  }

  String text() {
    return text.toString();
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      if (value instanceof Integer[] numbers) {
        statement.setArray(i + 1, statement.getConnection().createArrayOf("integer", numbers));
      } else if (value instanceof String[] texts) {
        statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /** One more, for clocks that go differently. */
  private static Integer[] weeks(Instant from, Instant last) {
    return LongStream.rangeClosed(
            Math.floorDiv(from.getEpochSecond(), WEEK),
            Math.floorDiv(last.getEpochSecond(), WEEK) + 1)
        .limit(10_000)
        .mapToObj(week -> (int) week)
        .toArray(Integer[]::new);
  }

  private void write() {
    if (query.patients().isEmpty()) {
      text.append("select chain, seq, ")
          .append(ReadRows.COLUMNS)
          .append(" from audit_event where true");
      conditions();
    } else {
      ofPatients();
    }
    add(" order by at desc, chain desc, seq desc limit ?", query.count() + 1);
  }

  /** Found by their indexes first: the order of time would lead through everybody's rows. */
  private void ofPatients() {
    var ids = query.patients().toArray(String[]::new);
    text.append("with found as materialized (select * from audit_event where ");
    add(WEEKS, (Object) weeks);
    add(
        " and hashtext(patient) = any (array(select hashtext(id) from unnest(?::text[]) id))"
            + " and patient = any (?)",
        ids,
        ids);
    conditions();
    add(" union all select * from audit_event where patients && ?", (Object) ids);
    conditions();
    text.append(") select chain, seq, ").append(ReadRows.COLUMNS).append(" from found");
  }

  private void conditions() {
    query.from().ifPresent(from -> add(" and at >= ?", AuditRow.micros(from)));
    query.until().ifPresent(until -> add(" and at < ?", AuditRow.micros(until)));
    query
        .agent()
        .ifPresent(
            agent -> add(" and (client = ? or subject = ? or behalf = ?)", agent, agent, agent));
    query.entity().ifPresent(entity -> add(" and what = ?", entity));
    query.purpose().ifPresent(purpose -> add(" and purpose = ?", purpose));
    query.action().ifPresent(action -> add(" and action = ?", action));
    query.subtype().ifPresent(subtype -> add(" and interaction = ?", subtype));
    query.id().ifPresent(id -> add(" and chain = ? and seq = ?", id.chain(), id.seq()));
    query
        .before()
        .ifPresent(
            place ->
                add(
                    " and (at, chain, seq) < (?, ?, ?)",
                    place.at(),
                    place.id().chain(),
                    place.id().seq()));
    if (!query.outcomes().isEmpty()) {
      add(" and outcome = any (?)", (Object) query.outcomes().toArray(Integer[]::new));
      if (!query.outcomes().contains(0)) {
        text.append(" and outcome <> 0"); // what the index of refusals holds
      }
    }
  }

  private void add(String part, Object... with) {
    text.append(part);
    values.addAll(List.of(with));
  }
}
