package io.yitong.hub.access.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.proof.Finding.Kind;
import io.yitong.hub.testing.OwnDatabase;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was recorded before there were chains. */
@QuarkusTest
class RowsOfBeforeTest {
  private final OwnDatabase database;

  RowsOfBeforeTest(OwnDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void make() throws SQLException {
    database.make();
    database.migrateTo("151");
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void stand_in_a_chain_of_their_own_after_the_migration() throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into audit_event (at, client, subject, institution, roles, purpose, agreement, action, interaction,
            what, query, patient, outcome, error, correlation)
          select now() - n * interval '1 hour 0.000123 seconds', 'his', '李医生', case when n % 2 = 0 then 'urn:i' end,
            'hospital', 'TREAT', null, 'R', 'read', 'Observation/' || n, 'name=张', case when n % 3 = 0 then 'p' || n end,
            case when n % 5 = 0 then 4 else 0 end, case when n % 5 = 0 then 'not-permitted' end, 'c-' || n
          from generate_series(1, 30) n""");
      database.migrateTo("152");

      var found = new VerifyAudit(connection, Optional.empty(), Optional.empty()).verify();
      assertThat(found.findings()).isEmpty();
      assertThat(found.rows()).isEqualTo(30);
    }
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute("update audit_event set subject = '王医生' where chain = 0 and seq = 17");
      var found = new VerifyAudit(connection, Optional.empty(), Optional.empty()).verify();
      assertThat(found.findings()).containsExactly(Finding.row(Kind.ROW_CHANGED, 0, 17));
    }
  }
}
