package io.yitong.hub.record.bulk;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.record.sql.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A caller as a job keeps it, to be judged again whenever the job goes on. */
final class StoredCaller {
  static final String COLUMNS =
      "client, subject, institution, roles, scopes, purpose, correlation, patient";

  private StoredCaller() {}

  static Sql values(Caller caller) {
    return Sql.of(
        "?, ?, nullif(?, ''), ?, ?, ?, ?, nullif(?, '')",
        caller.client(),
        caller.subject(),
        caller.institution().map(InstitutionId::urn).orElse(""),
        caller.roles().stream().map(Role::name).sorted().collect(Collectors.joining(" ")),
        caller.scopes().toString(),
        caller.purpose(),
        caller.correlation().value(),
        caller.patient().orElse(""));
  }

  /**
   * @param at column of the first of {@link #COLUMNS}
   */
  static Caller read(ResultSet row, int at) throws SQLException {
    return new Caller(
        row.getString(at),
        row.getString(at + 1),
        Optional.ofNullable(row.getString(at + 2)).map(InstitutionId::new),
        words(row.getString(at + 3)).map(Role::valueOf).collect(Collectors.toUnmodifiableSet()),
        Scopes.parse(row.getString(at + 4)),
        row.getString(at + 5),
        new CorrelationId(row.getString(at + 6)),
        Optional.ofNullable(row.getString(at + 7)));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }
}
