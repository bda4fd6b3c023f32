package io.yitong.hub.identity;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;

/** The identity tables. Every method is one statement, whatever the number of patients. */
@ApplicationScoped
class LinkLedger {
  private static final String COLUMNS =
      "patient, person, certain, method, institution, merged_into, name, gender, birth_date, as_of";

  private static final String WRITE =
      "insert into patient_person ("
          + COLUMNS
          + ", since) values (?,?,?,?,?,?,?,?,?,?,?)"
          + " on conflict (patient) do update set person = excluded.person,"
          + " certain = excluded.certain, method = excluded.method,"
          + " institution = excluded.institution, merged_into = excluded.merged_into,"
          + " name = excluded.name, gender = excluded.gender,"
          + " birth_date = excluded.birth_date, as_of = excluded.as_of, since = case"
          + " when patient_person.person = excluded.person then patient_person.since"
          + " else excluded.since end";

  private final DataSource database;

  LinkLedger(DataSource database) {
    this.database = database;
  }

  /** The patients' own rows and those of numbers merged into them. */
  List<Linked> ofPatients(Collection<String> patientIds) {
    return query(
        Sql.of("select " + COLUMNS + " from patient_person where ")
            .add(Sql.among("patient", "text", patientIds))
            .add(" or ")
            .add(Sql.among("merged_into", "text", patientIds)),
        LinkLedger::linked);
  }

  List<Linked> ofPersons(Collection<UUID> persons) {
    return query(
        Sql.of("select " + COLUMNS + " from patient_person where ")
            .add(Sql.among("person", "uuid", persons))
            .add(" order by since, patient"),
        LinkLedger::linked);
  }

  List<Linked> ofDemographics(PersonName name, LocalDate birthDate, String gender, int limit) {
    return query(
        Sql.of(
            "select "
                + COLUMNS
                + " from patient_person where name = ? and birth_date = ? and gender = ?"
                + " order by since, patient limit ?",
            name.text(),
            birthDate,
            gender,
            limit),
        LinkLedger::linked);
  }

  /** Resident ID to person. */
  Map<String, UUID> personsOf(Collection<String> residentIds) {
    if (residentIds.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<String, UUID>();
    query(
        Sql.of(
                "select value, person from identity_key where system = ? and ",
                NamingSystems.RESIDENT_ID)
            .add(Sql.among("value", "text", residentIds)),
        row -> found.put(row.getString(1), row.getObject(2, UUID.class)));
    return found;
  }

  Optional<String> residentIdOf(UUID person) {
    return query(
            Sql.of(
                "select value from identity_key where person = ? and system = ?",
                person,
                NamingSystems.RESIDENT_ID),
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /** Claims each resident ID for its person; waits for a rival, and leaves the key to it. */
  void claim(Map<String, UUID> personByResidentId) {
    var ordered = new TreeMap<>(personByResidentId);
    update(
        Sql.of(
            "insert into identity_key (system, value, person)"
                + " select ?, value, person from unnest(?::text[], ?::uuid[]) as t (value, person)"
                + " on conflict do nothing",
            NamingSystems.RESIDENT_ID,
            texts(ordered.keySet()),
            texts(ordered.values())));
  }

  /** Holds the patients until the transaction ends, also those of whom there is no row yet. */
  void hold(Collection<String> patientIds) {
    query(
        Sql.of(
            "select pg_advisory_xact_lock(hashtextextended('patient/' || id, 0))"
                + " from (select id from unnest(?::text[]) as t (id) order by id) as ordered",
            (Object) texts(new TreeSet<>(patientIds))),
        row -> true);
  }

  /** Makes sure the persons exist and holds them until the transaction ends. */
  void holdPersons(Collection<UUID> persons, Instant now) {
    if (persons.isEmpty()) {
      return;
    }
    var ordered = new TreeSet<>(persons);
    update(
        Sql.of(
            "insert into person (id, since) select id, ? from unnest(?::uuid[]) as t (id)"
                + " on conflict do nothing",
            now,
            texts(ordered)));
    query(
        Sql.of("select id from person where ")
            .add(Sql.among("id", "uuid", ordered))
            .add(" order by id for update"),
        row -> true);
  }

  void write(Collection<Linked> links, Instant now) {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(WRITE)) {
      for (var link : links) {
        bind(statement, link, now);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** The state these patients are in was confirmed at a later moment. */
  void confirm(Collection<String> patientIds, Instant asOf) {
    update(
        Sql.of(
                "update patient_person set as_of = ? where (as_of is null or as_of < ?) and ",
                asOf,
                asOf)
            .add(Sql.among("patient", "text", patientIds)));
  }

  /** Patient id and resident ID of links that were taken back. */
  Set<Apart> apart(Collection<String> patientIds) {
    return new HashSet<>(
        query(
            Sql.of(
                    "select patient, value from identity_apart where system = ? and ",
                    NamingSystems.RESIDENT_ID)
                .add(Sql.among("patient", "text", patientIds)),
            row -> new Apart(row.getString(1), row.getString(2))));
  }

  void keepApart(Apart apart) {
    update(
        Sql.of(
            "insert into identity_apart (patient, system, value) values (?, ?, ?)"
                + " on conflict do nothing",
            apart.patientId(),
            NamingSystems.RESIDENT_ID,
            apart.residentId()));
  }

  /** A Patient that is not the person of this resident ID, whatever its sender says. */
  record Apart(String patientId, String residentId) {}

  private static void bind(PreparedStatement statement, Linked link, Instant now)
      throws SQLException {
    statement.setString(1, link.patientId());
    statement.setObject(2, link.person());
    statement.setBoolean(3, link.certain());
    statement.setString(4, link.method().code());
    statement.setString(5, link.institution().orElse(null));
    statement.setString(6, link.mergedInto().orElse(null));
    statement.setString(7, link.name().text());
    statement.setString(8, link.gender().orElse(null));
    statement.setObject(9, link.birthDate().orElse(null));
    statement.setTimestamp(10, link.asOf().map(Timestamp::from).orElse(null));
    statement.setTimestamp(11, Timestamp.from(now));
  }

  private static Linked linked(ResultSet row) throws SQLException {
    return new Linked(
        row.getString(1),
        row.getObject(2, UUID.class),
        row.getBoolean(3),
        LinkMethod.of(row.getString(4)),
        Optional.ofNullable(row.getString(5)),
        Optional.ofNullable(row.getString(6)),
        new PersonName(row.getString(7)),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(row.getObject(9, LocalDate.class)),
        Optional.ofNullable(row.getTimestamp(10)).map(Timestamp::toInstant));
  }

  private static String[] texts(Collection<?> values) {
    return values.stream().map(Object::toString).toArray(String[]::new);
  }

  private <T> List<T> query(Sql sql, Sql.RowReader<T> reader) {
    try (var connection = database.getConnection()) {
      return sql.query(connection, reader);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private void update(Sql sql) {
    try (var connection = database.getConnection()) {
      sql.update(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
