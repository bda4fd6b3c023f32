package io.yitong.hub.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Errors as OperationOutcome: the code, the text in Chinese (details) and in English (diagnostics).
 */
public final class Outcomes {
  private static final String LINE =
      "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line";
  private static final String COLUMN =
      "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col";

  private Outcomes() {}

  public static OperationOutcome of(HubException e) {
    var outcome = of(e.code(), e.where(), e.chinese(), e.english());
    e.further().forEach(other -> outcome.getIssue().addAll(of(other).getIssue()));
    return outcome;
  }

  public static OperationOutcome of(ErrorCode code, String where, Object... arguments) {
    return of(code, where, code.chinese(arguments), code.english(arguments));
  }

  /** What a validation found; that it found nothing is said too. */
  public static OperationOutcome of(List<Flaw> flaws) {
    var outcome = new OperationOutcome();
    for (var flaw : flaws) {
      var issue =
          of(flaw.refusal()).getIssueFirstRep().setSeverity(flaw.severity()).setCode(flaw.type());
      flaw.line().ifPresent(line -> issue.addExtension(LINE, new IntegerType(line)));
      flaw.column().ifPresent(column -> issue.addExtension(COLUMN, new IntegerType(column)));
      outcome.addIssue(issue);
    }
    if (flaws.isEmpty()) {
      outcome
          .addIssue()
          .setSeverity(IssueSeverity.INFORMATION)
          .setCode(IssueType.INFORMATIONAL)
          .setDetails(new CodeableConcept().setText("未发现问题"))
          .setDiagnostics("Nothing found to object to");
    }
    return outcome;
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
