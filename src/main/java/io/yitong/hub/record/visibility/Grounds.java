package io.yitong.hub.record.visibility;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * On what grounds a filter shows a resource or hides it: the parts of the same condition that every
 * query holds, each by itself, and the relationships and Consents they go by.
 */
@ApplicationScoped
public class Grounds {
  private final DataSource database;

  Grounds(DataSource database) {
    this.database = database;
  }

  /**
   * What is to be said of one resource.
   *
   * @param shown by the whole condition
   * @param own whether it is the reader's own
   * @param referenceData whether it is of no patient
   * @param withinScopes whether it lies in the part of its type that the scopes open
   * @param patient whose record it is in
   * @param sensitive its categories
   */
  public record Found(
      boolean shown,
      boolean own,
      boolean referenceData,
      boolean withinScopes,
      Optional<String> owner,
      Optional<String> patient,
      Set<String> sensitive,
      List<Care> care,
      List<Said> consents) {}

  /**
   * A relationship, past or present.
   *
   * @param source the resource it follows from; {@code break-glass} when none
   * @param by the institution, or the clinician past the rules
   */
  public record Care(String source, String by, Optional<Instant> until, boolean holds) {}

  /**
   * A provision of a Consent of the person.
   *
   * @param place of the provision in the Consent, from 0
   * @param applies to this reader, purpose, time and resource
   */
  public record Said(String consent, int place, int depth, boolean permit, boolean applies) {}

  /** Empty when there is no such resource. */
  public Optional<Found> of(ResourceKey key, ReadFilter filter) {
    try (var connection = database.getConnection()) {
      return row(key, filter).query(connection, row -> found(row, filter, connection)).stream()
          .findFirst();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static Sql row(ResourceKey key, ReadFilter filter) {
    var own =
        filter.reach() instanceof RelatedTo related
            ? Visibility.own(related, "r")
            : Sql.of("false");
    return Sql.of("select ")
        .add(Visibility.of(filter, "r"))
        .add(", ")
        .add(own)
        .add(", ")
        .add(Visibility.referenceData("r"))
        .add(", ")
        .add(Extents.of(filter, "r"))
        .add(
            ", r.owner, r.patient, r.sensitive, r.type, r.categories from resource r where r.type ="
                + " ? and r.fhir_id = ?",
            TypeCodes.of(key.type()),
            key.id());
  }

  private static Found found(ResultSet row, ReadFilter filter, Connection connection)
      throws SQLException {
    var patient = Optional.ofNullable(row.getString(6));
    return new Found(
        row.getBoolean(1) && filter.types().contains(TypeCodes.type(row.getShort(8))),
        row.getBoolean(2),
        row.getBoolean(3),
        row.getBoolean(4),
        Optional.ofNullable(row.getString(5)),
        patient,
        texts(row, 7),
        patient.map(id -> care(id, connection)).orElse(List.of()),
        patient.map(id -> consents(id, row, filter, connection)).orElse(List.of()));
  }

  private static List<Care> care(String patient, Connection connection) {
    return Sql.of(
            """
            select c.source, c.institution, c.until, c.until > now()
            from patients_of_persons(array[?]) p join care_relation c on c.patient = p.patient
            union all
            select 'break-glass', g.clinician, g.until, g.until > now()
            from patients_of_persons(array[?]) p join broken_glass g on g.patient = p.patient
            order by 2, 1\
            """,
            patient,
            patient)
        .query(
            connection,
            row -> new Care(row.getString(1), row.getString(2), moment(row, 3), row.getBoolean(4)));
  }

  /** Those that {@code consents_open} goes by, and those it does not. */
  private static List<Said> consents(
      String patient, ResultSet resource, ReadFilter filter, Connection connection) {
    var reader = Readers.of(filter.reach());
    try {
      return Sql.of(
              "select consent, place, depth, permit, applies"
                  + " from consent_rules_of(?, ?, ?, ?, ?, ?) order by 1, 2",
              patient,
              reader.institution(),
              reader.purposes(),
              resource.getShort(8),
              texts(resource, 9).toArray(String[]::new),
              texts(resource, 7).toArray(String[]::new))
          .query(
              connection,
              row ->
                  new Said(
                      row.getString(1),
                      row.getInt(2),
                      row.getInt(3),
                      row.getBoolean(4),
                      row.getBoolean(5)));
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static Set<String> texts(ResultSet row, int column) throws SQLException {
    var texts = row.getArray(column);
    return texts == null ? Set.of() : new TreeSet<>(Arrays.asList((String[]) texts.getArray()));
  }

  private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .filter(at -> at.isBefore(OffsetDateTime.MAX))
        .map(OffsetDateTime::toInstant);
  }
}
