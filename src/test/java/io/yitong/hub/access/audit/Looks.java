package io.yitong.hub.access.audit;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Accesses to be recorded, for tests. */
public record Looks(CorrelationId correlation) {
  public static Looks some() {
    return new Looks(CorrelationId.random());
  }

  public Access at(String... patients) {
    return access(List.of(patients), Optional.empty());
  }

  public Access refused() {
    return access(List.of(), Optional.of(ErrorCode.NOT_PERMITTED));
  }

  private Access access(List<String> patients, Optional<ErrorCode> refusal) {
    var caller =
        new Caller(
            "auditor",
            "李医生",
            Optional.empty(),
            Set.of(Role.OPERATOR),
            Scopes.all(),
            "BTG",
            correlation);
    return new Access(
        caller, 'R', "read", "Observation/1", "category=vital-signs", patients, refusal);
  }
}
