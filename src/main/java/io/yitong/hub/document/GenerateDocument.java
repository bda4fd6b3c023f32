package io.yitong.hub.document;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.api.operation.Asked;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.patient.FollowReferences;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Composition/[id]/$document} (FHIR R4): the Composition with everything it refers to,
 * directly or through others, in the bytes it is stored in. A document is whole or it is none: when
 * something the Composition names is not there, or not for this caller, the call is refused. With
 * {@code persist} it is stored, and the answer says where.
 */
@Singleton
class GenerateDocument extends DocumentOperation {
  private static final Set<String> PARAMETERS = Set.of("persist", "graph");
  private static final int MOST = 2000;
  private static final Interaction CREATION = new Interaction('C', "create", "Bundle", "");

  private final ReadResource read;
  private final FollowReferences references;
  private final WriteInteractions write;
  private final Recorded recorded;
  private final HubAddress address;
  private final Clock clock;

  GenerateDocument(
      ReadResource read,
      FollowReferences references,
      WriteInteractions write,
      Recorded recorded,
      HubAddress address,
      Clock clock) {
    super(
        "document",
        ResourceType.Composition,
        "http://hl7.org/fhir/OperationDefinition/Composition-document");
    this.read = read;
    this.references = references;
    this.write = write;
    this.recorded = recorded;
    this.address = address;
    this.clock = clock;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = Asked.of(call, PARAMETERS);
    if (asked.text("graph").isPresent()) {
      throw Asked.invalid("graph", "persist");
    }
    var key = new ResourceKey(ResourceType.Composition, asked.id());
    var composition = Absence.require(read, key, call.filter());
    var parts = references.all(List.of(composition), MOST, call.filter());
    requireWhole(composition, parts);
    var document =
        new DocumentText(
            UUID.randomUUID().toString(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    document.entry(address.of(key.reference()), composition.json());
    parts.forEach(part -> document.entry(address.of(part.key().reference()), part.json()));
    var patient = patientOf(parts);
    return asked.flag("persist")
        ? store(document.end(), patient)
        : new OperationAnswer.Text(document.end(), patient);
  }

  /**
   * At the address of Bundles, as any Bundle that the caller creates, on record as that besides.
   * The transaction is its own: within another it would stay although that one fails.
   */
  private OperationAnswer store(byte[] document, Optional<String> patient) {
    if (QuarkusTransaction.isActive()) {
      throw Asked.invalid("persist", "false");
    }
    var created =
        recorded.writing(
            CREATION,
            caller -> write.create(caller, ResourceJson.read(document), "").about(patient));
    return new OperationAnswer.Text(created.body().orElseThrow(), patient, created.location());
  }

  private void requireWhole(StoredResource composition, List<StoredResource> parts) {
    if (parts.size() > MOST) {
      throw Asked.invalid("id", "> " + MOST);
    }
    var there = parts.stream().map(StoredResource::key).collect(Collectors.toSet());
    references.of(composition.json()).stream()
        .filter(named -> !there.contains(named) && !named.equals(composition.key()))
        .findFirst()
        .ifPresent(
            missing -> {
              throw new HubException(
                  ErrorCode.REFERENCE_UNRESOLVED, "Composition", missing.reference());
            });
  }

  private static Optional<String> patientOf(List<StoredResource> parts) {
    return parts.stream()
        .map(StoredResource::key)
        .filter(key -> key.type() == ResourceType.Patient)
        .map(ResourceKey::id)
        .findFirst();
  }
}
