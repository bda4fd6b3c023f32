package io.yitong.hub.api.answer;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What is said of a write that succeeded, to a client that prefers an OperationOutcome. */
enum Done {
  CREATED("已创建", "Created"),
  STORED("已保存", "Stored"),
  DELETED("已删除", "Deleted");

  private final String chinese;
  private final String english;

  Done(String chinese, String english) {
    this.chinese = chinese;
    this.english = english;
  }

  static Done of(int status) {
    return switch (status) {
      case 201 -> CREATED;
      case 204 -> DELETED;
      default -> STORED;
    };
  }

  /**
   * @param what the version, or how many of what
   */
  OperationOutcome outcome(String what) {
    var outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDetails(new CodeableConcept().setText(chinese + " " + what))
        .setDiagnostics(english + " " + what);
    return outcome;
  }
}
