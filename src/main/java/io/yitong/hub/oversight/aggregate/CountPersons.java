package io.yitong.hub.oversight.aggregate;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.privacy.Demographics;
import io.yitong.hub.access.privacy.SmallCells.Count;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Counts persons, not Patients: who is known to three institutions is one. A person counts once in
 * each cell it has a resource in.
 */
@ApplicationScoped
class CountPersons {
  private static final int ROWS = 1000;
  private static final String STOPPED = "57014";
  static final String UNKNOWN = "unknown";

  private final DataSource database;
  private final SearchRecord search;
  private final Clock clock;
  private final Duration timeout;

  CountPersons(
      DataSource database,
      SearchRecord search,
      Clock clock,
      @ConfigProperty(name = "yitong.search.timeout") Duration timeout) {
    this.database = database;
    this.search = search;
    this.clock = clock;
    this.timeout = timeout;
  }

  /** By the values of the dimensions asked for. */
  Map<List<String>, Count> count(AggregateQuestion question, ReadFilter filter) {
    return QuarkusTransaction.joiningExisting()
        .call(
            () -> {
              try (var connection = database.getConnection()) {
                return counted(question, filter, connection);
              } catch (SQLException e) {
                throw new DatabaseFailure(e);
              }
            });
  }

  private Map<List<String>, Count> counted(
      AggregateQuestion question, ReadFilter filter, Connection connection) {
    var table = new HashMap<List<String>, Count>();
    var person = new Person[] {new Person("")};
    try {
      Sql.of("select set_config('statement_timeout', ?, true)", String.valueOf(timeout.toMillis()))
          .query(connection, row -> row.getString(1));
      rows(question, filter, connection)
          .each(
              connection,
              ROWS,
              row -> {
                if (!person[0].id.equals(row.getString(1))) {
                  person[0].addTo(table, question);
                  person[0] = new Person(row.getString(1));
                }
                person[0].take(row, day(row, question));
              });
    } catch (DatabaseFailure e) {
      if (e.getCause() instanceof SQLException cause && STOPPED.equals(cause.getSQLState())) {
        throw new HubException(ErrorCode.SEARCH_TOO_SLOW, "", timeout.toSeconds());
      }
      throw e;
    }
    person[0].addTo(table, question);
    return table;
  }

  private Sql rows(AggregateQuestion question, ReadFilter filter, Connection connection) {
    var sql =
        Sql.of(
                """
                select coalesce(l.person::text, r.patient), r.patient, p.content, r.date_low
                from resource r
                join resource p on p.type = ? and p.fhir_id = r.patient and not p.deleted
                left join person_link l on l.patient = r.patient
                where r.type = ? and not r.deleted and\s
                """,
                TypeCodes.of(ResourceType.Patient),
                TypeCodes.of(question.type()))
            .add(Visibility.of(filter, "r"))
            .add(" and ")
            .add(Visibility.of(filter, "p"));
    question.from().ifPresent(from -> sql.add(" and r.date_low >= ?", from));
    question.before().ifPresent(before -> sql.add(" and r.date_low < ?", before));
    if (!question.criteria().isEmpty()) {
      var query = SearchQuery.parse(question.type(), question.criteria());
      sql.add(" and r.rid in (select r.rid")
          .add(search.matching(query, filter, connection))
          .add(")");
    }
    return sql.add(" order by 1, 2");
  }

  /** Of a resource its own; of a Patient today. */
  private LocalDate day(ResultSet row, AggregateQuestion question) throws SQLException {
    return question.year().isPresent()
        ? row.getObject(4, OffsetDateTime.class)
            .withOffsetSameInstant(AggregateQuestion.zone())
            .toLocalDate()
        : clock.instant().atOffset(AggregateQuestion.zone()).toLocalDate();
  }

  /** One person's rows, which come one after the other. */
  private static final class Person {
    private final String id;
    private final List<LocalDate> days = new ArrayList<>();
    private String patient = "";
    private Demographics known =
        new Demographics(Optional.empty(), Optional.empty(), Optional.empty());

    Person(String id) {
      this.id = id;
    }

    void take(ResultSet row, LocalDate day) throws SQLException {
      if (!patient.equals(row.getString(2))) {
        patient = row.getString(2);
        known = known.or(Demographics.of(StoredText.json(row.getBytes(3))));
      }
      days.add(day);
    }

    void addTo(Map<List<String>, Count> table, AggregateQuestion question) {
      var cells = new HashSet<List<String>>();
      for (var day : days) {
        var cell = cell(question, day);
        table.merge(cell, new Count(cells.add(cell) ? 1 : 0, 1), Count::plus);
      }
    }

    private List<String> cell(AggregateQuestion question, LocalDate day) {
      return question.by().stream()
          .map(dimension -> dimension.of(known, day).orElse(UNKNOWN))
          .toList();
    }
  }
}
