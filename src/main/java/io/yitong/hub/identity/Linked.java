package io.yitong.hub.identity;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** One Patient's tie to its person, with what it can be matched by. */
record Linked(
    String patientId,
    UUID person,
    boolean certain,
    LinkMethod method,
    Optional<String> institution,
    Optional<String> mergedInto,
    PersonName name,
    Optional<String> gender,
    Optional<LocalDate> birthDate,
    Optional<Instant> asOf) {

  /** The same tie, told of newer demographics. */
  boolean says(Claim claim) {
    return name.equals(claim.name())
        && gender.equals(claim.gender())
        && birthDate.equals(claim.birthDate());
  }

  boolean isNewerThan(Optional<Instant> moment) {
    return asOf.isPresent() && moment.isPresent() && asOf.get().isAfter(moment.get());
  }

  Linked followingTo(UUID newPerson, boolean nowCertain, String survivor) {
    return new Linked(
        patientId,
        newPerson,
        nowCertain,
        LinkMethod.MERGED,
        institution,
        Optional.of(survivor),
        name,
        gender,
        birthDate,
        asOf);
  }

  Linked takenBackTo(UUID ownPerson) {
    return new Linked(
        patientId,
        ownPerson,
        false,
        LinkMethod.TAKEN_BACK,
        institution,
        Optional.empty(),
        name,
        gender,
        birthDate,
        asOf);
  }
}
