package io.yitong.hub.access.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditTrailTest {
  @Inject AuditTrail audit;
  @Inject AuditRows rows;
  @Inject AgroalDataSource database;

  private final CorrelationId correlation = CorrelationId.random();

  @Test
  void a_row_is_committed_with_the_work_it_records() {
    QuarkusTransaction.requiringNew().run(() -> audit.record(look(Optional.empty())));

    assertThat(rows.under(correlation.value())).containsExactly("auditor - 0");
  }

  @Test
  void a_row_of_work_that_was_rolled_back_is_gone_with_it() {
    rolledBack(look(Optional.empty()));

    assertThat(rows.under(correlation.value())).isEmpty();
  }

  @Test
  void a_refusal_stays_when_the_refused_work_is_rolled_back() {
    rolledBack(look(Optional.of(ErrorCode.NOT_PERMITTED)));

    assertThat(rows.under(correlation.value())).containsExactly("auditor not-permitted 4");
  }

  @Test
  void a_fault_of_ours_counts_as_a_serious_failure() {
    audit.record(look(Optional.of(ErrorCode.INTERNAL)));

    assertThat(rows.under(correlation.value())).containsExactly("auditor internal 8");
  }

  @Test
  void what_a_caller_sends_cannot_break_or_forge_a_row() {
    audit.record(
        new Access(
            caller(),
            'R',
            "read",
            "Patient/\u0000\n1\ud800",
            "name=" + "x".repeat(9000),
            Optional.empty(),
            Optional.empty()));

    assertThat(rows.under(correlation.value())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set client = 'nobody'",
        "delete from audit_event",
        "truncate audit_event"
      })
  void the_database_refuses_to_change_the_audit(String statement) {
    audit.record(look(Optional.empty()));

    assertThatThrownBy(
            () -> {
              try (var connection = database.getConnection();
                  var change = connection.createStatement()) {
                change.execute(statement);
              }
            })
        .hasMessageContaining("append-only");
    assertThat(rows.under(correlation.value())).containsExactly("auditor - 0");
  }

  private void rolledBack(Access access) {
    QuarkusTransaction.begin();
    audit.record(access);
    QuarkusTransaction.rollback();
  }

  private Access look(Optional<ErrorCode> refusal) {
    return new Access(caller(), 'R', "read", "Patient/1", "", Optional.of("1"), refusal);
  }

  private Caller caller() {
    return new Caller(
        "auditor",
        "auditor",
        Optional.empty(),
        Set.of(Role.OPERATOR),
        Scopes.all(),
        "HOPERAT",
        correlation);
  }
}
