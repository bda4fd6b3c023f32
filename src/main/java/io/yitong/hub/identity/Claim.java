package io.yitong.hub.identity;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
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

  static Claim of(Patient patient, LocalDate today) {
    return of(
        patient.getIdElement().getIdPart(),
        PersonName.of(patient),
        Optional.ofNullable(patient.getGender()).map(code -> code.toCode()),
        Optional.ofNullable(patient.getBirthDateElement().getValueAsString()),
        sent(patient).map(Identifier::getValue),
        patient.getLink().stream()
            .filter(link -> link.getType() == LinkType.REPLACEDBY)
            .map(link -> link.getOther().getReference()),
        today);
  }

  /**
   * @param patient as it was sent
   */
  static Claim of(Element patient, String id, LocalDate today) {
    return of(
        id,
        PersonName.of(patient),
        patient.value("gender"),
        patient.value("birthDate"),
        sent(patient),
        patient.children("link").stream()
            .filter(link -> link.value("type").orElse("").equals(LinkType.REPLACEDBY.toCode()))
            .flatMap(link -> link.child("other").stream())
            .flatMap(other -> other.value("reference").stream()),
        today);
  }

  private static Claim of(
      String id,
      PersonName name,
      Optional<String> administrativeGender,
      Optional<String> born,
      Optional<String> sent,
      Stream<String> replacements,
      LocalDate today) {
    var gender = administrativeGender.filter(code -> code.equals("male") || code.equals("female"));
    var birthDate = born.filter(date -> date.length() == 10).map(LocalDate::parse);
    var read = sent.flatMap(number -> ResidentId.read(number, today));
    var flaw = flaw(sent.isPresent(), read, gender, birthDate);
    var replacedBy =
        replacements
            .flatMap(reference -> ResourceKey.ofReference(reference).stream())
            .filter(key -> key.type() == ResourceType.Patient)
            .map(ResourceKey::id)
            .findFirst();
    return new Claim(
        id, name, gender, birthDate, flaw.isPresent() ? Optional.empty() : read, flaw, replacedBy);
  }

  private static Optional<Identifier> sent(Patient patient) {
    return patient.getIdentifier().stream()
        .filter(id -> NamingSystems.RESIDENT_ID.equals(id.getSystem()) && id.hasValue())
        .filter(id -> id.getUse() != Identifier.IdentifierUse.OLD)
        .findFirst();
  }

  private static Optional<String> sent(Element patient) {
    return patient.children("identifier").stream()
        .filter(id -> id.value("system").filter(NamingSystems.RESIDENT_ID::equals).isPresent())
        .filter(id -> !id.value("use").orElse("").equals("old"))
        .flatMap(id -> id.value("value").stream())
        .findFirst();
  }

  /**
   * Writes the resident ID in the 18-character form.
   *
   * @return whether it was written in another
   */
  static boolean normalise(Patient patient, LocalDate today) {
    var id = sent(patient);
    var normal = id.flatMap(sent -> normal(sent.getValue(), today));
    normal.ifPresent(id.orElseGet(Identifier::new)::setValue);
    return normal.isPresent();
  }

  /** Whether the resident ID of a Patient is written in another form. */
  static boolean isToBeNormalised(Element patient, LocalDate today) {
    return sent(patient).flatMap(sent -> normal(sent, today)).isPresent();
  }

  /** Empty for what is no resident ID, or in that form already. */
  private static Optional<String> normal(String sent, LocalDate today) {
    return ResidentId.read(sent, today).map(ResidentId::value).filter(id -> !id.equals(sent));
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

  /** Today where the hub's people are born: China has one time zone. */
  static LocalDate today(Clock clock) {
    return LocalDate.now(clock.withZone(ZoneId.of("Asia/Shanghai")));
  }
}
