package io.yitong.hub.record.visibility;

import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Clinicians who went past the rules. Joins the transaction under way. */
@ApplicationScoped
public class BrokenGlass {
  private final DataSource database;

  BrokenGlass(DataSource database) {
    this.database = database;
  }

  /**
   * One time.
   *
   * @param clinician {@code sub} of the token
   * @param patient FHIR id of one of the person's Patients
   */
  public record Opening(
      String clinician,
      InstitutionId institution,
      String patient,
      String reason,
      Instant since,
      Instant until,
      CorrelationId correlation) {}

  /**
   * An institution that holds part of the person's record.
   *
   * @param patient FHIR id by which it knows the person
   */
  public record Holder(InstitutionId institution, String patient) {}

  /** Opens the person's whole record to the clinician. */
  public void enter(Opening opening) {
    try (var connection = database.getConnection()) {
      Sql.of(
              """
              insert into broken_glass (id, patient, clinician, institution, reason, since, until, correlation)
              values (?, ?, ?, ?, ?, ?, ?, ?)\
              """,
              UUID.randomUUID(),
              opening.patient(),
              opening.clinician(),
              opening.institution().urn(),
              opening.reason(),
              opening.since(),
              opening.until(),
              opening.correlation().value())
          .update(connection);
      PatientAccess.refresh(List.of(opening.patient()), connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** Whose data are opened by it. */
  public List<Holder> holders(String patient) {
    try (var connection = database.getConnection()) {
      return holders(patient, connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static List<Holder> holders(String patient, Connection connection) {
    return Sql.of(
            """
            select r.owner, r.fhir_id from patients_of_persons(array[?]) p
            join resource r on r.fhir_id = p.patient
            join resource_type t on t.code = r.type and t.name = 'Patient'
            where r.owner is not null and not r.deleted order by 1, 2\
            """,
            patient)
        .query(
            connection, row -> new Holder(new InstitutionId(row.getString(1)), row.getString(2)));
  }

  /** Whether the institution itself has registered the Patient. */
  public boolean isRegistered(String patient, InstitutionId by) {
    return holders(patient).contains(new Holder(by, patient));
  }
}
