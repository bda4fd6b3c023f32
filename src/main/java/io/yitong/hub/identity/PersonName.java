package io.yitong.hub.identity;

import io.yitong.hub.fhir.json.Element;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * A name as matching sees it. Two names contradict each other only when they share nothing: a
 * traditional and a simplified character, a masked given name or a missing middle name do not part
 * a person in two.
 */
record PersonName(String text) {
  static PersonName of(Patient patient) {
    var name =
        patient.getName().stream()
            .filter(each -> each.getUse() != HumanName.NameUse.OLD)
            .findFirst()
            .orElseGet(HumanName::new);
    return of(
        Optional.ofNullable(name.getText()),
        Optional.ofNullable(name.getFamily()),
        name.getGiven().stream().map(StringType::getValue));
  }

  /**
   * @param patient as it was sent
   */
  static PersonName of(Element patient) {
    var name =
        patient.children("name").stream()
            .filter(each -> !each.value("use").orElse("").equals("old"))
            .findFirst();
    return of(
        name.flatMap(each -> each.value("text")),
        name.flatMap(each -> each.value("family")),
        name.stream()
            .flatMap(each -> each.children("given").stream())
            .flatMap(given -> given.value().stream()));
  }

  private static PersonName of(
      Optional<String> text, Optional<String> family, Stream<String> givenNames) {
    if (text.isPresent()) {
      return new PersonName(text.get().strip());
    }
    var given = givenNames.collect(Collectors.joining(" "));
    var both = family.orElse("") + given;
    return new PersonName(hasHan(both) ? both : (family.orElse("") + " " + given).strip());
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Names in different scripts, and names not given, say nothing about each other. */
  boolean contradicts(PersonName other) {
    if (isEmpty() || other.isEmpty() || hasHan(text) != hasHan(other.text)) {
      return false;
    }
    var shared = new HashSet<>(parts());
    shared.retainAll(other.parts());
    return shared.isEmpty();
  }

  private Set<String> parts() {
    if (hasHan(text)) {
      return text.codePoints()
          .filter(PersonName::isHan)
          .mapToObj(Character::toString)
          .collect(Collectors.toSet());
    }
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.toSet());
  }

  private static boolean hasHan(String text) {
    return text.codePoints().anyMatch(PersonName::isHan);
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}
