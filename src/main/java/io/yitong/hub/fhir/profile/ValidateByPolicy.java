package io.yitong.hub.fhir.profile;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;

/**
 * Holds what a client writes to its profiles, as the client's policy says: before any other step,
 * so that what is judged is what was sent. The same for every way in, feeds included; a client is
 * known by the {@code azp} of its token, a feed by its principal.
 */
@ApplicationScoped
class ValidateByPolicy implements WriteStep {
  private final ValidateResource validate;
  private final Instance<ValidationNotes> notes;
  private final Policy others;
  private final Map<String, Policy> byClient;

  ValidateByPolicy(
      ValidateResource validate,
      Instance<ValidationNotes> notes,
      @ConfigProperty(name = "yitong.validation.policy") String others,
      @ConfigProperty(name = "yitong.validation.clients") Optional<String> clients) {
    this.validate = validate;
    this.notes = notes;
    this.others = Policy.of(others);
    this.byClient = Policy.byClient(clients.orElse(""));
  }

  /** The first write that is judged need not wait for the validator to be made. */
  void warmUp(@Observes StartupEvent started) {
    if (others != Policy.OFF || byClient.values().stream().anyMatch(each -> each != Policy.OFF)) {
      var thread = new Thread(validate::ready, "validator-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public int order() {
    return -1000;
  }

  @Override
  public void before(WriteBatch batch) {
    var policy = byClient.getOrDefault(batch.context().caller().client(), others);
    if (policy == Policy.OFF) {
      return;
    }
    var flaws = new ArrayList<Flaw>();
    for (var draft : batch.drafts()) {
      validate.flaws(draft.text().bytes(), Optional.empty()).stream()
          .filter(flaw -> flaw.severity() != IssueSeverity.INFORMATION)
          .map(flaw -> batch.drafts().size() == 1 ? flaw : among(draft, flaw))
          .forEach(flaws::add);
    }
    if (policy == Policy.REFUSE && flaws.stream().anyMatch(Flaw::isError)) {
      throw HubException.all(flaws.stream().filter(Flaw::isError).map(Flaw::refusal).toList());
    }
    note(flaws);
  }

  /** In a transaction the line would be that of the entry; which entry it is says more. */
  private static Flaw among(ResourceDraft draft, Flaw flaw) {
    return new Flaw(
        flaw.severity(),
        flaw.type(),
        flaw.path(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        draft.type() + "/" + draft.id().orElse("-") + ": " + flaw.text());
  }

  /** A feed has no request whose answer could tell. */
  private void note(List<Flaw> flaws) {
    if (!flaws.isEmpty() && Arc.container().requestContext().isActive()) {
      notes.get().add(flaws);
    }
  }
}
