package io.yitong.hub.api.interaction;

import io.yitong.hub.record.search.SearchPage;
import io.yitong.hub.record.search.SearchQuery;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What the finder should know of an answer that is not all that was asked for. */
final class Warnings {
  private Warnings() {}

  static Optional<OperationOutcome> of(SearchQuery query, SearchPage page) {
    var outcome = new OperationOutcome();
    for (var left : query.ignored()) {
      warn(outcome, IssueType.NOTSUPPORTED, "未采用检索参数 " + left, "Left out: " + left)
          .addExpression(left);
    }
    if (!page.includedAll()) {
      warn(
          outcome,
          IssueType.INCOMPLETE,
          "本页未能包含全部引用资源；请减小 _count",
          "Not all that was to be included fits this page; ask for a smaller _count");
    }
    return outcome.hasIssue() ? Optional.of(outcome) : Optional.empty();
  }

  private static OperationOutcome.OperationOutcomeIssueComponent warn(
      OperationOutcome outcome, IssueType type, String chinese, String english) {
    return outcome
        .addIssue()
        .setSeverity(IssueSeverity.WARNING)
        .setCode(type)
        .setDetails(new CodeableConcept().setText(chinese))
        .setDiagnostics(english);
  }
}
