package io.yitong.hub.identity;

import static java.util.stream.Collectors.toSet;

import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import io.yitong.hub.identity.LinkLedger.Apart;
import io.yitong.hub.record.PersonLinks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Ties every Patient written to a person, whichever way it came. A resident ID that holds ties to
 * the one person it belongs to across institutions; without one the institution's number has a
 * person of its own.
 */
@ApplicationScoped
public class LinkPersons implements WriteStep {
  private final LinkLedger ledger;
  private final PersonLinks projection;
  private final Clock clock;

  LinkPersons(LinkLedger ledger, PersonLinks projection, Clock clock) {
    this.ledger = ledger;
    this.projection = projection;
    this.clock = clock;
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public void before(WriteBatch batch) {
    var patients =
        batch.drafts(ResourceType.Patient).stream()
            .collect(Collectors.toMap(draft -> draft.id().orElseThrow(), Function.identity()));
    if (patients.isEmpty()) {
      return;
    }
    var claims = patients.values().stream().map(each -> claim(each, batch)).toList();
    claims.forEach(
        claim ->
            claim.flaw().ifPresent(flaw -> mark(patients.get(claim.patientId()), flaw, batch)));
    var open = notSettled(claims, batch);
    if (!open.isEmpty()) {
      settle(open, batch, patients);
    }
  }

  /** Read from what was sent; the model is made of a Patient that is to be changed. */
  private Claim claim(ResourceDraft draft, WriteBatch batch) {
    var today = Claim.today(clock);
    if (!draft.hasModel()) {
      var sent = draft.text().root();
      var claim = Claim.of(sent, draft.id().orElseThrow(), today);
      if (!IdentityFlaw.isMarked(sent) && !Claim.isToBeNormalised(sent, today)) {
        return claim;
      }
    }
    var patient = (Patient) draft.model();
    if (IdentityFlaw.unmark(patient) | Claim.normalise(patient, today)) {
      batch.changed(patient);
    }
    return Claim.of(patient, today);
  }

  /** The usual case, that a known Patient says what it said before, needs no lock. */
  private List<Claim> notSettled(List<Claim> claims, WriteBatch batch) {
    var rows = byPatient(ledger.ofPatients(claims.stream().map(Claim::patientId).toList()));
    var keys = ledger.personsOf(residentIds(claims));
    var asOf = batch.context().asOf();
    var confirmed = new HashSet<String>();
    var open =
        claims.stream()
            .filter(
                claim -> {
                  var row = rows.get(claim.patientId());
                  if (row == null) {
                    return true;
                  }
                  if (row.isNewerThan(asOf)) {
                    return false;
                  }
                  if (isSettled(claim, row, keys)) {
                    confirmed.add(claim.patientId());
                    return false;
                  }
                  return true;
                })
            .toList();
    if (asOf.isPresent() && !confirmed.isEmpty()) {
      ledger.confirm(confirmed, asOf.get());
    }
    return open;
  }

  private static boolean isSettled(Claim claim, Linked row, Map<String, UUID> keys) {
    if (!row.says(claim) || !claim.replacedBy().equals(row.mergedInto())) {
      return false;
    }
    if (row.mergedInto().isPresent()) {
      return true;
    }
    return claim
        .residentId()
        .map(id -> row.certain() && row.person().equals(keys.get(id.value())))
        .orElseGet(() -> claim.flaw().isEmpty() || row.method().hasPersonOfItsOwn());
  }

  private void settle(List<Claim> claims, WriteBatch batch, Map<String, ResourceDraft> patients) {
    var now = clock.instant();
    var mine = claims.stream().map(Claim::patientId).collect(toSet());
    var concerned = Stream.concat(mine.stream(), survivors(claims)).collect(toSet());
    ledger.hold(concerned);
    var rows = byPatient(ledger.ofPatients(concerned));
    var apart = ledger.apart(mine);
    var keys = claimKeys(claims, rows, apart);
    var persons =
        Stream.concat(keys.values().stream(), rows.values().stream().map(Linked::person))
            .collect(toSet());
    ledger.holdPersons(persons, now);
    ledger.ofPersons(persons).forEach(link -> rows.put(link.patientId(), link));
    var decision = new LinkDecision(batch.context(), rows.values(), keys, apart, UUID::randomUUID);
    decision.decide(claims);
    decision.flaws().forEach((patientId, flaw) -> mark(patients.get(patientId), flaw, batch));
    write(decision, batch, persons);
  }

  private void write(LinkDecision decision, WriteBatch batch, Set<UUID> held) {
    var now = clock.instant();
    var fresh = new HashSet<>(decision.personsAffected());
    fresh.removeAll(held);
    ledger.holdPersons(fresh, now);
    ledger.write(decision.changed().values(), now);
    var personByPatient = new HashMap<String, UUID>();
    decision.changed().forEach((patient, link) -> personByPatient.put(patient, link.person()));
    projection.link(personByPatient);
    decision.personsAffected().stream()
        .sorted()
        .map(person -> GoldenPerson.of(new PersonId(person), decision.linksOf(person)))
        .forEach(batch::add);
  }

  /** The person of each resident ID; a new ID is claimed for the Patient's own person. */
  private Map<String, UUID> claimKeys(
      List<Claim> claims, Map<String, Linked> rows, Set<Apart> apart) {
    var wanted = new HashMap<String, UUID>();
    for (var claim : claims) {
      claim
          .residentId()
          .filter(id -> !apart.contains(new Apart(claim.patientId(), id.value())))
          .ifPresent(id -> wanted.putIfAbsent(id.value(), candidate(rows.get(claim.patientId()))));
    }
    if (wanted.isEmpty()) {
      return Map.of();
    }
    ledger.claim(wanted);
    return ledger.personsOf(wanted.keySet());
  }

  private static UUID candidate(Linked row) {
    return Optional.ofNullable(row)
        .filter(link -> link.method() == LinkMethod.INSTITUTION_NUMBER)
        .map(Linked::person)
        .orElseGet(UUID::randomUUID);
  }

  private static void mark(ResourceDraft draft, IdentityFlaw flaw, WriteBatch batch) {
    var patient = (Patient) draft.model();
    IdentityFlaw.unmark(patient);
    flaw.mark(patient);
    batch.changed(patient);
  }

  private static Stream<String> survivors(List<Claim> claims) {
    return claims.stream().flatMap(claim -> claim.replacedBy().stream());
  }

  private static Set<String> residentIds(List<Claim> claims) {
    return claims.stream()
        .flatMap(claim -> claim.residentId().stream())
        .map(ResidentId::value)
        .collect(toSet());
  }

  private static Map<String, Linked> byPatient(List<Linked> links) {
    return links.stream()
        .collect(
            Collectors.toMap(Linked::patientId, Function.identity(), (a, b) -> a, HashMap::new));
  }
}
