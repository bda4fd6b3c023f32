package io.yitong.hub.fhir;

import java.util.OptionalInt;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * One thing wrong with a resource, or worth a word.
 *
 * @param path of the element, FHIRPath
 * @param line in the text as it was sent, from 1; empty when it is not known
 */
public record Flaw(
    IssueSeverity severity,
    IssueType type,
    String path,
    OptionalInt line,
    OptionalInt column,
    String text) {

  /** As a refusal. */
  public HubException refusal() {
    return new HubException(ErrorCode.PROFILE_NOT_MET, path, lineText(), text);
  }

  /** A dash when it is not known. */
  String lineText() {
    return line.isPresent() ? Integer.toString(line.getAsInt()) : "-";
  }

  public boolean isError() {
    return severity == IssueSeverity.ERROR || severity == IssueSeverity.FATAL;
  }
}
