package io.yitong.hub.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.StringType;

/** Strings: by their beginning, or by a modifier (3.1.1.4.9). */
final class Strings {
  private Strings() {}

  static boolean match(List<Base> values, String modifier, String raw) {
    var asked = Syntax.plain(raw);
    return values.stream()
        .flatMap(Strings::texts)
        .filter(Objects::nonNull)
        .anyMatch(text -> match(text, modifier, asked));
  }

  static boolean match(String text, String modifier, String asked) {
    return switch (modifier) {
      case "exact" -> text.equals(asked);
      case "contains" -> normal(text).contains(normal(asked));
      case "" -> normal(text).startsWith(normal(asked));
      default -> throw new IllegalArgumentException(modifier);
    };
  }

  static Stream<String> texts(Base value) {
    if (value instanceof HumanName name) {
      return concat(
          Stream.of(name.getText(), name.getFamily()),
          name.getGiven().stream().map(StringType::getValue),
          name.getPrefix().stream().map(StringType::getValue),
          name.getSuffix().stream().map(StringType::getValue));
    }
    if (value instanceof Address address) {
      return concat(
          Stream.of(address.getText(), address.getCity(), address.getDistrict()),
          Stream.of(address.getState(), address.getPostalCode(), address.getCountry()),
          address.getLine().stream().map(StringType::getValue));
    }
    return Stream.of(value.primitiveValue());
  }

  @SafeVarargs
  private static Stream<String> concat(Stream<String>... streams) {
    return Stream.of(streams).flatMap(stream -> stream).filter(Objects::nonNull);
  }

  /** Without case, accents and superfluous blanks. */
  static String normal(String text) {
    var normal = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(normal::appendCodePoint);
    return Normalizer.normalize(normal, Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .strip()
        .replaceAll("\\s+", " ");
  }
}
