package io.yitong.hub.identity;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.identity.LinkLedger.Apart;
import io.yitong.hub.record.PersonLinks;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Patient/[id]/$unlink-person}: takes a link back. The Patient gets a person of its own and
 * stays apart though the same resident ID comes again.
 */
@ApplicationScoped
class UnlinkPerson implements Operation {
  private final LinkLedger ledger;
  private final PersonLinks projection;
  private final WriteResources write;
  private final Clock clock;

  UnlinkPerson(LinkLedger ledger, PersonLinks projection, WriteResources write, Clock clock) {
    this.ledger = ledger;
    this.projection = projection;
    this.write = write;
    this.clock = clock;
  }

  @Override
  public OperationName name() {
    return new OperationName("unlink-person");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Patient);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.OPERATOR, Role.HOSPITAL);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/unlink-person";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var patientId =
        call.id().orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "id", "id"));
    var person = QuarkusTransaction.joiningExisting().call(() -> unlink(patientId, call.caller()));
    var answer = new Parameters();
    answer
        .addParameter()
        .setName("person")
        .setValue(new Reference(new ResourceKey(ResourceType.Person, person).reference()));
    return OperationAnswer.of(answer);
  }

  private String unlink(String patientId, Caller caller) {
    ledger.hold(Set.of(patientId));
    var old =
        ledger.ofPatients(Set.of(patientId)).stream()
            .filter(link -> link.patientId().equals(patientId))
            .filter(link -> mayUnlink(caller, link))
            .findFirst()
            .orElseThrow(() -> new HubException(ErrorCode.NOT_PERMITTED, ""));
    if (old.method().hasPersonOfItsOwn()) {
      return old.person().toString();
    }
    var own = UUID.randomUUID();
    ledger.holdPersons(List.of(old.person(), own), clock.instant());
    ledger
        .residentIdOf(old.person())
        .ifPresent(residentId -> ledger.keepApart(new Apart(patientId, residentId)));
    ledger.write(List.of(old.takenBackTo(own)), clock.instant());
    projection.link(Map.of(patientId, own));
    writePersons(List.of(old.person(), own), caller);
    return own.toString();
  }

  /** The same refusal for a Patient of another institution and for none at all. */
  private static boolean mayUnlink(Caller caller, Linked link) {
    return caller.is(Role.OPERATOR)
        || caller
            .institution()
            .map(institution -> institution.urn())
            .filter(urn -> link.institution().filter(urn::equals).isPresent())
            .isPresent();
  }

  private void writePersons(List<UUID> persons, Caller caller) {
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (var id : persons) {
      Person person = GoldenPerson.of(new PersonId(id), ledger.ofPersons(Set.of(id)));
      bundle
          .addEntry()
          .setResource(person)
          .getRequest()
          .setMethod(HTTPVerb.PUT)
          .setUrl("Person/" + id);
    }
    write.transaction(
        bundle,
        new WriteContext(
            caller, Optional.empty(), Optional.empty(), NamingSystems.BASE + "identity"));
  }
}
