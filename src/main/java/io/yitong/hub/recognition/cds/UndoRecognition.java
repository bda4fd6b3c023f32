package io.yitong.hub.recognition.cds;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.recognition.books.RecognitionBook;
import io.yitong.hub.recognition.books.Shown;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * {@code ServiceRequest/[id]/$undo-recognition}: the order is active again and the saving given
 * back, as long as the visit is open.
 */
@ApplicationScoped
class UndoRecognition implements Operation {
  private static final Set<EncounterStatus> CLOSED =
      Set.of(EncounterStatus.FINISHED, EncounterStatus.CANCELLED, EncounterStatus.ENTEREDINERROR);

  private final ReadResource record;
  private final RecognitionBook book;
  private final AccessRules rules;
  private final WriteResources write;

  UndoRecognition(
      ReadResource record, RecognitionBook book, AccessRules rules, WriteResources write) {
    this.record = record;
    this.book = book;
    this.rules = rules;
    this.write = write;
  }

  @Override
  public OperationName name() {
    return new OperationName("undo-recognition");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.ServiceRequest);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/undo-recognition";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var id = call.id().orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "id", "id"));
    return OperationAnswer.of(QuarkusTransaction.joiningExisting().call(() -> undo(id, call)));
  }

  private ServiceRequest undo(String id, Invocation call) {
    var order =
        record
            .current(new ResourceKey(ResourceType.ServiceRequest, id), call.filter())
            .filter(stored -> !stored.deleted())
            .orElseThrow(UndoRecognition::notPermitted)
            .as(ServiceRequest.class);
    var card = card(order, call.caller());
    if (closed(card)) {
      throw refused("就诊已结束 the visit is closed");
    }
    if (!book.undone(card, call.caller().client(), call.caller().correlation())) {
      throw refused("未互认或已撤销 not recognised, or undone before");
    }
    order.setStatus(ServiceRequestStatus.ACTIVE);
    order
        .getExtension()
        .removeIf(extension -> NamingSystems.RECOGNISED_RESULT.equals(extension.getUrl()));
    var context = rules.writing(call.caller(), ResourceType.ServiceRequest, Permission.UPDATE);
    write.put(order, Optional.empty(), context);
    return order;
  }

  private Shown card(ServiceRequest order, Caller caller) {
    var card =
        DraftWithdrawal.cardOf(order)
            .flatMap(book::find)
            .orElseThrow(() -> refused("该医嘱未因互认撤回 not withdrawn by recognition"));
    if (!caller.institution().equals(Optional.of(card.institution()))) {
      throw notPermitted();
    }
    return card;
  }

  /** A visit the record does not know is not known to be closed. */
  private boolean closed(Shown card) {
    return ResourceKey.ofReference(card.visit())
        .filter(visit -> visit.type() == ResourceType.Encounter)
        .flatMap(visit -> record.current(visit, ReadFilter.everything()))
        .filter(stored -> !stored.deleted())
        .map(stored -> stored.as(Encounter.class).getStatus())
        .filter(CLOSED::contains)
        .isPresent();
  }

  private static HubException refused(String why) {
    return new HubException(ErrorCode.RECOGNITION_NOT_UNDONE, "", why);
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
