package io.yitong.hub.oversight.score;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The tables {@code quality_score} and {@code quality_flaw}: sums by institution, day and type. */
@ApplicationScoped
public class QualityBook {
  private final DataSource database;

  QualityBook(DataSource database) {
    this.database = database;
  }

  /**
   * What one change, or a time, adds to the score of a type.
   *
   * @param flawed examined with at least one error
   */
  public record Tally(String type, long seen, long examined, long flawed) {}

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

  /** Sums of the days from the first to the last, by institution and then by type. */
  public Map<InstitutionId, List<Tally>> scores(
      LocalDate first, LocalDate last, Optional<InstitutionId> institution) {
    var sums = new TreeMap<InstitutionId, List<Tally>>(Comparator.comparing(InstitutionId::urn));
    query(
            Sql.of(
                """
                select institution, type, sum(seen), sum(examined), sum(flawed) from quality_score
                where day between ?::date and ?::date and (? = '' or institution = ?)
                group by institution, type order by institution, type\
                """,
                first.toString(),
                last.toString(),
                institution.map(InstitutionId::urn).orElse(""),
                institution.map(InstitutionId::urn).orElse("")),
            row ->
                Map.entry(
                    new InstitutionId(row.getString(1)),
                    new Tally(row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5))))
        .forEach(
            each ->
                sums.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(each.getValue()));
    return sums;
  }

  /**
   * How often what was wrong.
   *
   * @param path of the element, without positions in lists
   */
  public record Frequent(String path, String text, long occurrences) {}

  /** The most frequent first. */
  public List<Frequent> faults(
      LocalDate first, LocalDate last, Optional<InstitutionId> institution, int most) {
    return query(
        Sql.of(
            """
            select path, text, sum(occurrences) from quality_flaw
            where day between ?::date and ?::date and (? = '' or institution = ?)
            group by path, text order by sum(occurrences) desc, path, text limit ?\
            """,
            first.toString(),
            last.toString(),
            institution.map(InstitutionId::urn).orElse(""),
            institution.map(InstitutionId::urn).orElse(""),
            most),
        row -> new Frequent(row.getString(1), row.getString(2), row.getLong(3)));
  }

  private <T> List<T> query(Sql sql, Sql.RowReader<T> reader) {
    try (var connection = database.getConnection()) {
      return sql.query(connection, reader);
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
