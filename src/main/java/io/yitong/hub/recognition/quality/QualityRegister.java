package io.yitong.hub.recognition.quality;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.recognition.decision.Evidence;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The quality evidence as it stands, held in memory. An upload through this process is seen at
 * once; one through another process on the same database within {@code
 * yitong.recognition.evidence-check}.
 */
@ApplicationScoped
public class QualityRegister {
  private record Snapshot(long version, Evidence evidence, Instant checked) {}

  private final AgroalDataSource database;
  private final Clock clock;
  private final Duration checkEvery;
  private volatile Snapshot snapshot = new Snapshot(-1, Evidence.none(), Instant.MIN);

  QualityRegister(
      AgroalDataSource database,
      Clock clock,
      @ConfigProperty(name = "yitong.recognition.evidence-check", defaultValue = "PT1S")
          Duration checkEvery) {
    this.database = database;
    this.clock = clock;
    this.checkEvery = checkEvery;
  }

  public Evidence evidence() {
    var now = clock.instant();
    var held = snapshot;
    return fresh(held, now) ? held.evidence() : refresh(now);
  }

  /** The next look goes to the database. */
  void invalidate() {
    snapshot = new Snapshot(snapshot.version(), snapshot.evidence(), Instant.MIN);
  }

  private boolean fresh(Snapshot held, Instant now) {
    return held.checked().isAfter(now.minus(checkEvery));
  }

  private synchronized Evidence refresh(Instant now) {
    if (!fresh(snapshot, now)) {
      // The version first: rows that change in between are read again at the next look.
      var version = version();
      var evidence =
          version == snapshot.version()
              ? snapshot.evidence()
              : QuarkusTransaction.joiningExisting().call(QualityRegister::load);
      snapshot = new Snapshot(version, evidence, now);
    }
    return snapshot.evidence();
  }

  private static Evidence load() {
    List<EqaRow> rounds = EqaRow.list(QualityRow.CURRENT);
    List<ControlRow> controls = ControlRow.list(QualityRow.CURRENT);
    return new Evidence(
        rounds.stream().map(EqaRow::fact).toList(),
        controls.stream().map(ControlRow::fact).toList());
  }

  private long version() {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement("select version from quality_version");
        var row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }
}
