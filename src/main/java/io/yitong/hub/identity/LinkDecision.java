package io.yitong.hub.identity;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.identity.LinkLedger.Apart;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** To whom each Patient of one write is tied. Pure, but for the ids of new persons. */
final class LinkDecision {
  private final WriteContext context;
  private final Map<String, UUID> personByResidentId;
  private final Set<Apart> apart;
  private final Map<String, Linked> before = new HashMap<>();
  private final Map<String, Linked> now = new HashMap<>();
  private final Map<String, Linked> changed = new LinkedHashMap<>();
  private final Map<String, IdentityFlaw> flaws = new HashMap<>();
  private final Set<String> following = new HashSet<>();
  private final Supplier<UUID> newPerson;

  /**
   * @param known the Patients written, those merged into them, the survivors of merges and every
   *     Patient of the persons concerned
   */
  LinkDecision(
      WriteContext context,
      Collection<Linked> known,
      Map<String, UUID> personByResidentId,
      Set<Apart> apart,
      Supplier<UUID> newPerson) {
    this.context = context;
    this.personByResidentId = personByResidentId;
    this.apart = apart;
    this.newPerson = newPerson;
    known.forEach(link -> before.put(link.patientId(), link));
    now.putAll(before);
  }

  void decide(List<Claim> claims) {
    claims.stream().filter(claim -> !isMerged(claim)).forEach(this::tie);
    claims.stream().filter(this::isMerged).forEach(this::merge);
    Set.copyOf(changed.keySet()).forEach(this::takeFollowersAlong);
  }

  /** Ties to be written, also those of which only the demographics are new. */
  Map<String, Linked> changed() {
    return changed;
  }

  Map<String, IdentityFlaw> flaws() {
    return flaws;
  }

  /** Persons whose set of links is another than before. */
  Set<UUID> personsAffected() {
    var affected = new HashSet<UUID>();
    changed.forEach(
        (patient, link) -> {
          var old = before.get(patient);
          if (old == null || !old.person().equals(link.person())) {
            affected.add(link.person());
            Optional.ofNullable(old).map(Linked::person).ifPresent(affected::add);
          } else if (old.certain() != link.certain()) {
            affected.add(link.person());
          }
        });
    return affected;
  }

  List<Linked> linksOf(UUID person) {
    return now.values().stream()
        .filter(link -> link.person().equals(person))
        .sorted(Comparator.comparing(Linked::patientId))
        .toList();
  }

  private boolean isMerged(Claim claim) {
    return claim.replacedBy().isPresent()
        || Optional.ofNullable(before.get(claim.patientId()))
            .flatMap(Linked::mergedInto)
            .isPresent();
  }

  private void tie(Claim claim) {
    claim.flaw().ifPresent(flaw -> flaws.put(claim.patientId(), flaw));
    var old = before.get(claim.patientId());
    if (claim.residentId().isPresent()) {
      tieByResidentId(claim, claim.residentId().get());
    } else if (claim.flaw().isPresent() || old == null) {
      set(claim, personOfItsOwn(old), false, LinkMethod.INSTITUTION_NUMBER);
    } else {
      set(claim, old.person(), old.certain(), old.method());
    }
  }

  private void tieByResidentId(Claim claim, ResidentId residentId) {
    var old = before.get(claim.patientId());
    var person = personByResidentId.get(residentId.value());
    if (apart.contains(new Apart(claim.patientId(), residentId.value()))) {
      set(claim, personOfItsOwn(old), false, LinkMethod.TAKEN_BACK);
    } else if (isContradicted(claim, person)) {
      flaws.put(claim.patientId(), IdentityFlaw.RESIDENT_ID_CONTRADICTED);
      set(claim, personOfItsOwn(old), false, LinkMethod.INSTITUTION_NUMBER);
    } else {
      set(claim, person, true, LinkMethod.RESIDENT_ID);
    }
  }

  private boolean isContradicted(Claim claim, UUID person) {
    return now.values().stream()
        .filter(other -> other.person().equals(person) && other.certain())
        .filter(other -> !other.patientId().equals(claim.patientId()))
        .filter(other -> !follows(other, claim.patientId()))
        .anyMatch(other -> other.name().contradicts(claim.name()));
  }

  private static boolean follows(Linked link, String patientId) {
    return link.mergedInto().filter(patientId::equals).isPresent();
  }

  private UUID personOfItsOwn(Linked old) {
    return old != null && old.method().hasPersonOfItsOwn() ? old.person() : newPerson.get();
  }

  private void merge(Claim claim) {
    var old = before.get(claim.patientId());
    var survivorId =
        lastSurvivor(claim.replacedBy().or(() -> old.mergedInto()).orElseThrow(), claim);
    var survivor = now.get(survivorId);
    if (survivor == null) {
      throw cannotMerge(claim, survivorId, "不知道合并后的患者号 / the surviving number is not known");
    }
    if (!survivor.institution().equals(institution(old))) {
      throw cannotMerge(claim, survivorId, "不属于同一机构 / they belong to different institutions");
    }
    if (claim.replacedBy().isPresent()
        && old != null
        && old.certain()
        && survivor.certain()
        && !old.person().equals(survivor.person())) {
      throw cannotMerge(claim, survivorId, "身份证号不同 / their resident IDs differ");
    }
    following.add(claim.patientId());
    record(
        new Linked(
            claim.patientId(),
            survivor.person(),
            survivor.certain(),
            LinkMethod.MERGED,
            institution(old),
            Optional.of(survivorId),
            claim.name(),
            claim.gender(),
            claim.birthDate(),
            context.asOf()));
  }

  /** A number merged into one that was merged itself belongs to the last of them. */
  private String lastSurvivor(String first, Claim claim) {
    var survivor = first;
    var seen = new HashSet<String>(Set.of(claim.patientId()));
    while (seen.add(survivor)) {
      var next = Optional.ofNullable(now.get(survivor)).flatMap(Linked::mergedInto);
      if (next.isEmpty()) {
        return survivor;
      }
      survivor = next.get();
    }
    throw cannotMerge(claim, survivor, "合并成环 / the merges go in a circle");
  }

  private void takeFollowersAlong(String patientId) {
    var leader = now.get(patientId);
    for (var follower : List.copyOf(before.values())) {
      var leads =
          follows(follower, patientId)
              && !follower.patientId().equals(patientId)
              && !following.contains(follower.patientId());
      if (leads) {
        var survivor = leader.mergedInto().orElse(patientId);
        record(follower.followingTo(leader.person(), leader.certain(), survivor));
      }
    }
  }

  private void set(Claim claim, UUID person, boolean certain, LinkMethod method) {
    record(
        new Linked(
            claim.patientId(),
            person,
            certain,
            method,
            institution(before.get(claim.patientId())),
            Optional.empty(),
            claim.name(),
            claim.gender(),
            claim.birthDate(),
            context.asOf()));
  }

  private void record(Linked link) {
    now.put(link.patientId(), link);
    changed.put(link.patientId(), link);
  }

  private Optional<String> institution(Linked old) {
    return context
        .institution()
        .map(institution -> institution.urn())
        .or(() -> Optional.ofNullable(old).flatMap(Linked::institution));
  }

  private static HubException cannotMerge(Claim claim, String survivor, String reason) {
    return new HubException(
        ErrorCode.PERSONS_CANNOT_MERGE,
        "Patient.link",
        "Patient/" + claim.patientId(),
        "Patient/" + survivor,
        reason);
  }
}
