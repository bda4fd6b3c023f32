package io.yitong.hub.recognition.cds;

import ca.uhn.fhir.parser.DataFormatException;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.recognition.books.CardId;
import io.yitong.hub.recognition.books.Shown;
import io.yitong.hub.record.ReadResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** The order a doctor gave up, as the record keeps it: withdrawn, with the results in its place. */
@ApplicationScoped
class DraftWithdrawal {
  private static final String CARD = "urn:uuid:";

  private final ReadResource record;

  DraftWithdrawal(ReadResource record) {
    this.record = record;
  }

  /** Takes of the draft what describes the order; people and places it names are the client's. */
  ServiceRequest of(Shown card) {
    var draft = draft(card.draft().orElseThrow());
    var order = new ServiceRequest();
    order.setId(id(card, draft));
    order.setIdentifier(draft.getIdentifier());
    order.addIdentifier(cardIdentifier(card.card()));
    order.setStatus(ServiceRequestStatus.REVOKED);
    order.setIntent(draft.hasIntent() ? draft.getIntent() : ServiceRequestIntent.ORDER);
    order.setCategory(draft.getCategory());
    order.setPriority(draft.getPriority());
    order.setCode(draft.getCode());
    order.setAuthoredOnElement(draft.getAuthoredOnElement());
    order.setSubject(new Reference("Patient/" + card.patient()));
    ResourceKey.ofReference(card.visit())
        .filter(visit -> visit.type() == ResourceType.Encounter && known(visit, card))
        .ifPresent(visit -> order.setEncounter(new Reference(visit.reference())));
    for (var source : card.sources()) {
      order.addExtension(NamingSystems.RECOGNISED_RESULT, new Reference(source));
    }
    return order;
  }

  /** The id a feed gives to the same order when it has a placer number, so that both are one. */
  private static String id(Shown card, ServiceRequest draft) {
    return draft.getIdentifier().stream()
        .filter(Identifier::hasValue)
        .findFirst()
        .map(number -> DeterministicId.of(card.institution(), "order", number.getValue()))
        .orElseGet(
            () ->
                DeterministicId.of(card.institution(), "withdrawn-order", card.card().toString()));
  }

  /** On the withdrawn order, so that it can be taken up again. */
  private static Identifier cardIdentifier(CardId card) {
    return new Identifier().setSystem(NamingSystems.URI).setValue(CARD + card);
  }

  /** The card by which an order was withdrawn; empty for any other order. */
  static Optional<CardId> cardOf(ServiceRequest order) {
    return order.getIdentifier().stream()
        .filter(identifier -> NamingSystems.URI.equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .filter(value -> value != null && value.startsWith(CARD))
        .flatMap(value -> CardId.parse(value.substring(CARD.length())).stream())
        .findFirst();
  }

  private boolean known(ResourceKey visit, Shown card) {
    var own = new ReadFilter(new RelatedTo(card.institution()), Set.of(ResourceType.Encounter));
    return record.current(visit, own).filter(found -> !found.deleted()).isPresent();
  }

  private static ServiceRequest draft(String json) {
    try {
      return FhirJson.context().newJsonParser().parseResource(ServiceRequest.class, json);
    } catch (DataFormatException e) {
      throw new HubException(
          ErrorCode.RESOURCE_MALFORMED, "context.draftOrders", String.valueOf(e.getMessage()));
    }
  }
}
