package io.yitong.hub.oversight.score;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;

/** The tables {@code quality_score} and {@code quality_flaw}: sums by institution, day and type. */
@ApplicationScoped
class QualityBook {
  private final DataSource database;

  QualityBook(DataSource database) {
    this.database = database;
  }

  /** What one change adds to the score of a type. */
  record Tally(String type, long seen, long examined, long flawed) {}

  /**
   * @param path of the element, without positions in lists
   * @param text what is wrong, without the values it quotes
   * @param example reference of a resource that has it
   */
  record Fault(String type, String path, String text, String example) {}

  void add(InstitutionId institution, LocalDate day, List<Tally> tallies, List<Fault> faults) {
    try (var connection = database.getConnection()) {
      addScores(institution, day, tallies, connection);
      addFaults(institution, day, faults, connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static void addScores(
      InstitutionId institution, LocalDate day, List<Tally> tallies, Connection connection) {
    Sql.of(
            """
            insert into quality_score as s (institution, day, type, seen, examined, flawed)
            select ?, ?::date, * from unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
            on conflict (institution, day, type) do update set
              seen = s.seen + excluded.seen, examined = s.examined + excluded.examined,
              flawed = s.flawed + excluded.flawed\
            """,
            institution.urn(),
            day.toString(),
            tallies.stream().map(Tally::type).toArray(String[]::new),
            tallies.stream().mapToLong(Tally::seen).toArray(),
            tallies.stream().mapToLong(Tally::examined).toArray(),
            tallies.stream().mapToLong(Tally::flawed).toArray())
        .update(connection);
  }

  private static void addFaults(
      InstitutionId institution, LocalDate day, List<Fault> faults, Connection connection) {
    if (faults.isEmpty()) {
      return;
    }
    Sql.of(
            """
            insert into quality_flaw as f (institution, day, type, path, occurrences, text, example)
            select ?, ?::date, type, path, count(*), text, min(example)
            from unnest(?::text[], ?::text[], ?::text[], ?::text[]) u(type, path, text, example)
            group by type, path, text
            on conflict (institution, day, type, path, text) do update set
              occurrences = f.occurrences + excluded.occurrences,
              example = excluded.example\
            """,
            institution.urn(),
            day.toString(),
            faults.stream().map(Fault::type).toArray(String[]::new),
            faults.stream().map(Fault::path).toArray(String[]::new),
            faults.stream().map(Fault::text).toArray(String[]::new),
            faults.stream().map(Fault::example).toArray(String[]::new))
        .update(connection);
  }
}
