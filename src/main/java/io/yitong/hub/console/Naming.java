package io.yitong.hub.console;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Item;
import io.yitong.hub.recognition.decision.Loinc;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** What an analyte is called in each language. */
final class Naming {
  private final Catalogue catalogue;

  Naming(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  static boolean isChinese(String text) {
    return text.codePoints()
        .anyMatch(point -> Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN);
  }

  static Optional<String> loinc(CodeableConcept code) {
    return code.getCoding().stream()
        .filter(coding -> NamingSystems.LOINC.equals(coding.getSystem()))
        .map(Coding::getCode)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The catalogue's names; for what it does not list, those the resource brings. */
  Text of(CodeableConcept code) {
    return loinc(code)
        .flatMap(Loinc::parse)
        .flatMap(catalogue::item)
        .map(Naming::ofItem)
        .orElseGet(() -> ofResource(code));
  }

  /** LOINC's long name up to its property: the code beside it says the rest. */
  private static Text ofItem(Item item) {
    var property = item.english().indexOf('[');
    return new Text(
        item.chinese(),
        property > 0 ? item.english().substring(0, property).strip() : item.english());
  }

  private static Text ofResource(CodeableConcept code) {
    var names =
        Stream.concat(Stream.of(code.getText()), code.getCoding().stream().map(Coding::getDisplay))
            .filter(Objects::nonNull)
            .toList();
    var any = names.stream().findFirst().or(() -> firstCode(code)).orElse("?");
    return new Text(named(names, true).orElse(any), named(names, false).orElse(any));
  }

  private static Optional<String> named(List<String> names, boolean chinese) {
    return names.stream().filter(name -> isChinese(name) == chinese).findFirst();
  }

  private static Optional<String> firstCode(CodeableConcept code) {
    return code.getCoding().stream().map(Coding::getCode).filter(Objects::nonNull).findFirst();
  }
}
