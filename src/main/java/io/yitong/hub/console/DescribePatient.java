package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.Demographics;
import io.yitong.hub.console.PatientRecord.InstitutionNumber;
import io.yitong.hub.console.PersonRecord.Person;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;

/** Who a patient is, as the head of the page shows it. */
@ApplicationScoped
class DescribePatient {
  private static final int SHOWN_BEFORE = 6;
  private static final int SHOWN_AFTER = 4;

  private final InstitutionNames institutions;
  private final Clock clock;

  DescribePatient(InstitutionNames institutions, Clock clock) {
    this.institutions = institutions;
    this.clock = clock;
  }

  Demographics describe(Person person) {
    var patient = person.asked();
    var born = birthDate(patient);
    return new Demographics(
        patient.getIdPart(),
        name(patient),
        Optional.ofNullable(patient.getGender()).map(gender -> gender.toCode()),
        born,
        born.map(date -> Period.between(date, LocalDate.now(clock.withZone(zone()))).getYears()),
        PersonRecord.residentId(patient).map(DescribePatient::masked),
        numbers(person));
  }

  /** Enough to tell two people apart, not enough to be one of them. */
  static String masked(String residentId) {
    if (residentId.length() <= SHOWN_BEFORE + SHOWN_AFTER) {
      return "*".repeat(residentId.length());
    }
    var hidden = residentId.length() - SHOWN_BEFORE - SHOWN_AFTER;
    return residentId.substring(0, SHOWN_BEFORE)
        + "*".repeat(hidden)
        + residentId.substring(SHOWN_BEFORE + hidden);
  }

  private List<InstitutionNumber> numbers(Person person) {
    var numbers = person.patients().stream().flatMap(PersonRecord::numbers).toList();
    var names =
        institutions.namesOf(
            numbers.stream().map(PersonRecord::owner).map(InstitutionNames::keyOf).toList());
    return numbers.stream()
        .map(
            number ->
                new InstitutionNumber(names.of(PersonRecord.owner(number)), number.getValue()))
        .toList();
  }

  private static String name(Patient patient) {
    var name = patient.getNameFirstRep();
    return name.hasText() ? name.getText() : name.getNameAsSingleString();
  }

  private static Optional<LocalDate> birthDate(Patient patient) {
    return Optional.ofNullable(patient.getBirthDateElement().getValueAsString())
        .filter(date -> date.length() == "yyyy-MM-dd".length())
        .map(LocalDate::parse);
  }

  private static ZoneId zone() {
    return ShowSession.ZONE;
  }
}
