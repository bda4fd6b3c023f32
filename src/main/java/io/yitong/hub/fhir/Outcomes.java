package io.yitong.hub.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;

/**
 * Errors as OperationOutcome: the code, the text in Chinese (details) and in English (diagnostics).
 */
public final class Outcomes {
  private Outcomes() {}

  public static OperationOutcome of(HubException e) {
    var outcome = of(e.code(), e.where(), e.chinese(), e.english());
    e.further().forEach(other -> outcome.getIssue().addAll(of(other).getIssue()));
    return outcome;
  }

  public static OperationOutcome of(ErrorCode code, String where, Object... arguments) {
    return of(code, where, code.chinese(arguments), code.english(arguments));
  }

  private static OperationOutcome of(ErrorCode code, String where, String chinese, String english) {
    var outcome = new OperationOutcome();
    var issue =
        outcome
            .addIssue()
            .setSeverity(IssueSeverity.ERROR)
            .setCode(code.issue())
            .setDetails(
                new CodeableConcept()
                    .addCoding(new Coding(NamingSystems.ERROR_CODE, code.code(), null))
                    .setText(chinese))
            .setDiagnostics(english);
    if (!where.isEmpty()) {
      issue.addExpression(where);
    }
    return outcome;
  }
}
