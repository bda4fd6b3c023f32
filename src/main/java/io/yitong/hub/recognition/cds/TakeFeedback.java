package io.yitong.hub.recognition.cds;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.recognition.books.RecognitionBook;
import io.yitong.hub.recognition.books.Shown;
import io.yitong.hub.recognition.cds.Feedback.Accepted;
import io.yitong.hub.recognition.cds.Feedback.Overridden;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Counts what doctors did with their cards, once a card, and withdraws the orders they gave up: the
 * withdrawn order and its count are committed together.
 */
@ApplicationScoped
class TakeFeedback {
  private final RecognitionBook book;
  private final Catalogue catalogue;
  private final AccessRules rules;
  private final DraftWithdrawal withdrawal;
  private final WriteResources write;
  private final AuditTrail audit;

  TakeFeedback(
      RecognitionBook book,
      Catalogue catalogue,
      AccessRules rules,
      DraftWithdrawal withdrawal,
      WriteResources write,
      AuditTrail audit) {
    this.book = book;
    this.catalogue = catalogue;
    this.rules = rules;
    this.withdrawal = withdrawal;
    this.write = write;
    this.audit = audit;
  }

  /**
   * All of it or, when some of it is refused, nothing.
   *
   * @throws HubException NOT_PERMITTED for a card that was not shown to the caller's institution,
   *     whether or not there is one
   */
  void take(List<Feedback> feedback, Caller caller) {
    QuarkusTransaction.joiningExisting().run(() -> feedback.forEach(one -> take(one, caller)));
  }

  private void take(Feedback feedback, Caller caller) {
    var card =
        book.find(feedback.card())
            .filter(shown -> caller.institution().equals(Optional.of(shown.institution())))
            .orElseThrow(() -> new HubException(ErrorCode.NOT_PERMITTED, ""));
    if (card.eligible()) {
      if (feedback instanceof Accepted) {
        accepted(card, caller);
      } else if (feedback instanceof Overridden overridden) {
        overridden(card, overridden, caller);
      }
    }
    audit.record(
        new Access(
            caller,
            'E',
            "cds-feedback",
            "Patient/" + card.patient(),
            "",
            Optional.of(card.patient()),
            Optional.empty()));
  }

  private void accepted(Shown card, Caller caller) {
    if (book.recognised(card, caller.client(), caller.correlation())) {
      var context = rules.writing(caller, ResourceType.ServiceRequest, Permission.CREATE);
      write.put(withdrawal.of(card), Optional.empty(), context);
    }
  }

  private void overridden(Shown card, Overridden overridden, Caller caller) {
    var ground =
        overridden
            .ground()
            .map(
                code ->
                    catalogue
                        .ground(code)
                        .orElseThrow(
                            () -> HookRequest.invalid("feedback.overrideReason.reason", code)));
    // A reason that needs words and has none is none.
    var counted =
        ground
            .filter(given -> !given.textRequired() || overridden.comment().isPresent())
            .map(given -> given.code());
    book.refused(card, caller.client(), counted, overridden.comment(), caller.correlation());
  }
}
