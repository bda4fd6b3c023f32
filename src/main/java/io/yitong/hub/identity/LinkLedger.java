package io.yitong.hub.identity;

import io.yitong.hub.fhir.NamingSystems;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        "select " + COLUMNS + " from patient_person where patient = any(?) or merged_into = any(?)",
        statement -> {
          statement.setArray(1, texts(statement, patientIds));
          statement.setArray(2, texts(statement, patientIds));
        },
        LinkLedger::linked);
  }

  List<Linked> ofPersons(Collection<UUID> persons) {
    return query(
        "select " + COLUMNS + " from patient_person where person = any(?) order by since, patient",
        statement -> statement.setArray(1, uuids(statement, persons)),
        LinkLedger::linked);
  }

  List<Linked> ofDemographics(PersonName name, LocalDate birthDate, String gender, int limit) {
    return query(
        "select "
            + COLUMNS
            + " from patient_person where name = ? and birth_date = ? and gender = ?"
            + " order by since, patient limit ?",
        statement -> {
          statement.setString(1, name.text());
          statement.setObject(2, birthDate);
          statement.setString(3, gender);
          statement.setInt(4, limit);
        },
        LinkLedger::linked);
  }

  /** Resident ID to person. */
  Map<String, UUID> personsOf(Collection<String> residentIds) {
    var found = new HashMap<String, UUID>();
    query(
        "select value, person from identity_key where system = ? and value = any(?)",
        statement -> {
          statement.setString(1, NamingSystems.RESIDENT_ID);
          statement.setArray(2, texts(statement, residentIds));
        },
        row -> found.put(row.getString(1), row.getObject(2, UUID.class)));
    return found;
  }

  Optional<String> residentIdOf(UUID person) {
    return query(
            "select value from identity_key where person = ? and system = ?",
            statement -> {
              statement.setObject(1, person);
              statement.setString(2, NamingSystems.RESIDENT_ID);
            },
            row -> row.getString(1))
        .stream()
        .findFirst();
  }

  /** Claims each resident ID for its person; waits for a rival, and leaves the key to it. */
  void claim(Map<String, UUID> personByResidentId) {
    var ordered = new TreeSet<>(personByResidentId.keySet());
    update(
        "insert into identity_key (system, value, person)"
            + " select ?, value, person from unnest(?::text[], ?::uuid[]) as t (value, person)"
            + " on conflict do nothing",
        statement -> {
          statement.setString(1, NamingSystems.RESIDENT_ID);
          statement.setArray(2, texts(statement, ordered));
          statement.setArray(
              3, uuids(statement, ordered.stream().map(personByResidentId::get).toList()));
        });
  }

  /** Holds the patients until the transaction ends, also those of whom there is no row yet. */
  void hold(Collection<String> patientIds) {
    query(
        "select pg_advisory_xact_lock(hashtextextended('patient/' || id, 0))"
            + " from (select id from unnest(?::text[]) as t (id) order by id) as ordered",
        statement -> statement.setArray(1, texts(statement, new TreeSet<>(patientIds))),
        row -> true);
  }

  /** Makes sure the persons exist and holds them until the transaction ends. */
  void holdPersons(Collection<UUID> persons, Instant now) {
    var ordered = new TreeSet<>(persons);
    update(
        "insert into person (id, since) select id, ? from unnest(?::uuid[]) as t (id)"
            + " on conflict do nothing",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setArray(2, uuids(statement, ordered));
        });
    query(
        "select id from person where id = any(?) order by id for update",
        statement -> statement.setArray(1, uuids(statement, ordered)),
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
      throw failed(e);
    }
  }

  /** The state these patients are in was confirmed at a later moment. */
  void confirm(Collection<String> patientIds, Instant asOf) {
    update(
        "update patient_person set as_of = ? where patient = any(?)"
            + " and (as_of is null or as_of < ?)",
        statement -> {
          statement.setTimestamp(1, Timestamp.from(asOf));
          statement.setArray(2, texts(statement, patientIds));
          statement.setTimestamp(3, Timestamp.from(asOf));
        });
  }

  /** Patient id and resident ID of links that were taken back. */
  Set<Apart> apart(Collection<String> patientIds) {
    return new HashSet<>(
        query(
            "select patient, value from identity_apart where patient = any(?) and system = ?",
            statement -> {
              statement.setArray(1, texts(statement, patientIds));
              statement.setString(2, NamingSystems.RESIDENT_ID);
            },
            row -> new Apart(row.getString(1), row.getString(2))));
  }

  void keepApart(Apart apart) {
    update(
        "insert into identity_apart (patient, system, value) values (?, ?, ?)"
            + " on conflict do nothing",
        statement -> {
          statement.setString(1, apart.patientId());
          statement.setString(2, NamingSystems.RESIDENT_ID);
          statement.setString(3, apart.residentId());
        });
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

  private static Array texts(PreparedStatement statement, Collection<String> values)
      throws SQLException {
    return statement.getConnection().createArrayOf("text", values.toArray());
  }

  private static Array uuids(PreparedStatement statement, Collection<UUID> values)
      throws SQLException {
    return statement.getConnection().createArrayOf("uuid", values.toArray());
  }

  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T from(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Binding binding, Reading<T> reading) {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      binding.to(statement);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<T>();
        while (rows.next()) {
          found.add(reading.from(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void update(String sql, Binding binding) {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      binding.to(statement);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("identity tables: " + e.getMessage(), e);
  }
}
