package io.yitong.hub.oversight.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ScoreWritesTest {
  private static final Instant AT = Instant.parse("2026-03-01T17:00:00Z");

  @Inject ReadResource read;
  @Inject ValidateResource validate;
  @Inject QualityBook book;
  @Inject WriteResources write;
  @Inject DataSource database;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InstitutionId institution =
      new InstitutionId(
          "urn:yitong:institution:500106-h" + ThreadLocalRandom.current().nextInt(1_000_000_000));

  @Test
  void what_was_examined_and_what_was_wrong_are_kept_by_institution_day_and_type()
      throws SQLException {
    var good = written(Fixtures.patient(Fixtures.randomId()));
    var flawed = written(flawed());
    var score = scoring(10);

    score.apply(change(good, flawed));
    score.apply(change(flawed));

    assertThat(scores()).containsExactly("2026-03-02 Patient seen=3 examined=3 flawed=2");
    assertThat(flaws())
        .anyMatch(flaw -> flaw.contains("Patient.identifier: minimum required"))
        .allMatch(flaw -> flaw.startsWith("Patient 2 " + flawed.key().reference()));
    assertThat(meters.counter("yitong.quality.examined", "institution", institution.name()).count())
        .isEqualTo(3);
    assertThat(meters.counter("yitong.quality.flawed", "institution", institution.name()).count())
        .isEqualTo(2);
  }

  @Test
  void what_the_allowance_does_not_cover_is_only_counted() throws SQLException {
    var one = written(Fixtures.patient(Fixtures.randomId()));
    var two = written(Fixtures.patient(Fixtures.randomId()));
    var three = written(Fixtures.patient(Fixtures.randomId()));

    scoring(2).apply(change(one, two, three));

    assertThat(scores()).containsExactly("2026-03-02 Patient seen=3 examined=2 flawed=0");
  }

  @Test
  void what_comes_through_the_api_is_not_scored() throws SQLException {
    scoring(10).apply(change(false, written(flawed())));

    assertThat(scores()).isEmpty();
  }

  @Test
  void the_feed_of_changes_tells_what_a_message_brought() throws SQLException {
    var message = written(flawed(), WriteContext.MESSAGE + "0");
    var call = written(flawed(), "urn:yitong:client:told-his");

    assertThat(fed(message)).isTrue();
    assertThat(fed(call)).isFalse();
  }

  private boolean fed(Written written) throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.of("select fed from change where ? = any(ids)", written.key().id())
          .query(connection, row -> row.getBoolean(1))
          .get(0);
    }
  }

  @Test
  void a_rate_of_nought_keeps_no_score() throws SQLException {
    scoring(0).apply(change(written(Fixtures.patient(Fixtures.randomId()))));

    assertThat(scores()).isEmpty();
  }

  private ScoreWrites scoring(int perSecond) {
    return new ScoreWrites(
        read, validate, book, meters, Clock.fixed(AT, ZoneOffset.UTC), perSecond);
  }

  /** No identifier and no name. */
  private static Patient flawed() {
    var patient = new Patient();
    patient.setId(Fixtures.randomId());
    patient.setActive(true);
    return patient;
  }

  /** Through the client whose flaws the component tests let pass. */
  private Written written(Patient patient) {
    return written(patient, "");
  }

  private Written written(Patient patient, String source) {
    var caller =
        new Caller(
            "told-his",
            "told-his",
            Optional.of(institution),
            Set.of(Role.HOSPITAL),
            Scopes.all(),
            "TREAT",
            CorrelationId.random());
    return write.put(
        patient,
        Optional.empty(),
        new WriteContext(caller, Optional.of(institution), Optional.empty(), source));
  }

  private Change change(Written... written) {
    return change(true, written);
  }

  private Change change(boolean fed, Written... written) {
    return new Change(
        1, CorrelationId.random(), Optional.of(institution), fed, AT, List.of(written));
  }

  private List<String> scores() throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.of(
              """
              select day || ' ' || type || ' seen=' || seen || ' examined=' || examined
                || ' flawed=' || flawed
              from quality_score where institution = ?\
              """,
              institution.urn())
          .query(connection, row -> row.getString(1));
    }
  }

  private List<String> flaws() throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.of(
              """
              select path || ' ' || occurrences || ' ' || example || ' ' || text
              from quality_flaw where institution = ?\
              """,
              institution.urn())
          .query(connection, row -> row.getString(1));
    }
  }
}
