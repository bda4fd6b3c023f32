package io.yitong.hub.identity;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ResourceKey;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What a Patient says of who it is.
 *
 * @param residentId present when GB 11643 allows it and nothing in the Patient speaks against it
 * @param flaw why a resident ID that was sent takes no part in matching
 * @param replacedBy FHIR id of the Patient into which this one was merged
 */
record Claim(
    String patientId,
    PersonName name,
    Optional<String> gender,
    Optional<LocalDate> birthDate,
    Optional<ResidentId> residentId,
    Optional<IdentityFlaw> flaw,
    Optional<String> replacedBy) {

  /** Reads the Patient and writes its resident ID in the 18-character form. */
  static Claim of(Patient patient, LocalDate today) {
    var gender =
        Optional.ofNullable(patient.getGender())
            .map(code -> code.toCode())
            .filter(code -> code.equals("male") || code.equals("female"));
    var birthDate = fullBirthDate(patient);
    var sent =
        patient.getIdentifier().stream()
            .filter(id -> NamingSystems.RESIDENT_ID.equals(id.getSystem()) && id.hasValue())
            .filter(id -> id.getUse() != Identifier.IdentifierUse.OLD)
            .findFirst();
    var read = sent.flatMap(id -> ResidentId.read(id.getValue(), today));
    read.ifPresent(valid -> sent.get().setValue(valid.value()));
    var flaw = flaw(sent.isPresent(), read, gender, birthDate);
    return new Claim(
        patient.getIdElement().getIdPart(),
        PersonName.of(patient),
        gender,
        birthDate,
        flaw.isPresent() ? Optional.empty() : read,
        flaw,
        replacedBy(patient));
  }

  private static Optional<IdentityFlaw> flaw(
      boolean sent,
      Optional<ResidentId> read,
      Optional<String> gender,
      Optional<LocalDate> birthDate) {
    if (!sent) {
      return Optional.empty();
    }
    if (read.isEmpty()) {
      return Optional.of(IdentityFlaw.RESIDENT_ID_INVALID);
    }
    var agrees =
        gender.map(read.get().gender()::equals).orElse(true)
            && birthDate.map(read.get().birthDate()::equals).orElse(true);
    return agrees ? Optional.empty() : Optional.of(IdentityFlaw.RESIDENT_ID_CONTRADICTED);
  }

  private static Optional<LocalDate> fullBirthDate(Patient patient) {
    var written = patient.getBirthDateElement().getValueAsString();
    return written != null && written.length() == 10
        ? Optional.of(LocalDate.parse(written))
        : Optional.empty();
  }

  private static Optional<String> replacedBy(Patient patient) {
    return patient.getLink().stream()
        .filter(link -> link.getType() == LinkType.REPLACEDBY)
        .flatMap(link -> ResourceKey.ofReference(link.getOther().getReference()).stream())
        .filter(key -> key.type() == ResourceType.Patient)
        .map(ResourceKey::id)
        .findFirst();
  }

  /** Today where the hub's people are born: China has one time zone. */
  static LocalDate today(Clock clock) {
    return LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai")));
  }
}
