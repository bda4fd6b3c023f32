package io.yitong.hub.access.audit;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.Agreement;
import io.yitong.hub.access.Agreements;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Appends to the audit; joins the caller's transaction when there is one. What cannot be recorded
 * is not done. A refusal is recorded in a transaction of its own, so that it stays when the refused
 * work is rolled back.
 */
@ApplicationScoped
public class AuditTrail {
  private static final int LONGEST = 2000;

  /** Control characters and halves of surrogate pairs. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  private final AgroalDataSource database;
  private final Agreements agreements;
  private final Clock clock;
  private final OpenAccess open;
  private final RefusalOnRecord refusal;

  AuditTrail(
      AgroalDataSource database,
      Agreements agreements,
      Clock clock,
      OpenAccess open,
      RefusalOnRecord refusal) {
    this.refusal = refusal;
    this.database = database;
    this.agreements = agreements;
    this.clock = clock;
    this.open = open;
  }

  public void record(Access access) {
    if (open.on()) {
      return;
    }
    if (access.refusal().isPresent() && QuarkusTransaction.isActive()) {
      QuarkusTransaction.requiringNew().run(() -> append(access));
    } else {
      append(access);
    }
    if (access.refusal().isPresent() && Arc.container().requestContext().isActive()) {
      refusal.enter();
    }
  }

  private void append(Access access) {
    var caller = access.caller();
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into audit_event (at, client, subject, institution, roles, purpose, agreement,
                  action, interaction, what, query, patient, outcome, error, correlation)
                values (?, ?, ?, ?, ?, ?, ?, ?::"char", ?, ?, ?, ?, ?, ?, ?)""")) {
      insert.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      insert.setString(2, line(caller.client()));
      insert.setString(3, line(caller.subject()));
      insert.setString(4, caller.institution().map(InstitutionId::urn).orElse(null));
      insert.setString(5, roles(caller));
      insert.setString(6, caller.purpose());
      insert.setString(7, agreement(caller).orElse(null));
      insert.setString(8, String.valueOf(access.action()));
      insert.setString(9, line(access.interaction()));
      insert.setString(10, line(access.what()));
      insert.setString(11, line(access.query()));
      insert.setString(12, access.patientId().map(AuditTrail::line).orElse(null));
      insert.setInt(13, outcome(access.refusal()));
      insert.setString(14, access.refusal().map(ErrorCode::code).orElse(null));
      insert.setString(15, caller.correlation().value());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private Optional<String> agreement(Caller caller) {
    return caller.is(Role.PARTNER)
        ? agreements.ofClient(caller.client()).map(Agreement::name)
        : Optional.empty();
  }

  /** AuditEvent.outcome: minor failure for what the caller did wrong, serious for what we did. */
  private static int outcome(Optional<ErrorCode> refusal) {
    return refusal.map(code -> code.status() < 500 ? 4 : 8).orElse(0);
  }

  private static String roles(Caller caller) {
    return caller.roles().stream()
        .sorted(Comparator.naturalOrder())
        .map(Role::code)
        .collect(Collectors.joining(" "));
  }

  /** As sent by the caller, on one line and of bearable length. */
  private static String line(String sent) {
    var cut = sent.length() > LONGEST ? sent.substring(0, LONGEST) : sent;
    return UNFIT.matcher(cut).replaceAll("�");
  }
}
