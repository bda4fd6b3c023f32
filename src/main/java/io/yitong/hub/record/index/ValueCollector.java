package io.yitong.hub.record.index;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.index.IndexEntries.OfCode;
import io.yitong.hub.record.index.IndexEntries.OfDate;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.OfText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Gathers the index entries of one resource, parameter by parameter (FHIR R4, 3.1.1.4). */
final class ValueCollector {
  /** The parts of a name or address that are searched as its text (FHIR R4, 3.1.1.4.6). */
  private static final Set<String> TEXTS_OF_NAME =
      Set.of("text", "family", "given", "prefix", "suffix");

  private static final Set<String> TEXTS_OF_ADDRESS =
      Set.of("text", "line", "city", "district", "state", "postalCode", "country");

  private final List<OfDate> dates = new ArrayList<>(2);
  private final List<OfText> texts = new ArrayList<>(2);
  private final List<OfQuantity> quantities = new ArrayList<>(2);
  private final List<OfCode> codes = new ArrayList<>(2);
  private long[] keys = new long[64];
  private int keyCount;

  /** An element without a value that could be indexed is there all the same. */
  void add(SearchParameter parameter, List<Element> values) {
    switch (parameter.kind()) {
      case TOKEN -> values.forEach(value -> token(parameter, value));
      case REFERENCE -> values.forEach(value -> reference(parameter, value));
      case URI -> values.forEach(value -> uri(parameter, value));
      case STRING -> values.forEach(value -> text(parameter, value));
      case DATE -> {
        var before = dates.size();
        dates(values).forEach(range -> dates.add(new OfDate(parameter.code(), range)));
        if (dates.size() > before) {
          return;
        }
      }
      case NUMBER, QUANTITY -> {
        var before = quantities.size();
        values.forEach(value -> quantity(parameter, value));
        if (quantities.size() > before) {
          return;
        }
      }
      case COMPOSITE, SPECIAL, NULL ->
          throw new IllegalStateException(parameter.name() + " has no values of its own");
    }
    addPresence(parameter, values);
  }

  void addPresence(SearchParameter parameter, List<Element> values) {
    if (!values.isEmpty()) {
      key(parameter.presentKey());
    }
  }

  /** A key of no parameter. */
  void add(long key) {
    key(key);
  }

  long[] keys() {
    Arrays.sort(keys, 0, keyCount);
    var count = 0;
    for (var i = 0; i < keyCount; i++) {
      if (count == 0 || keys[i] != keys[count - 1]) {
        keys[count++] = keys[i];
      }
    }
    keyCount = count;
    return Arrays.copyOf(keys, count);
  }

  private static <T> List<T> distinct(List<T> values) {
    return values.size() < 2 ? List.copyOf(values) : List.copyOf(new LinkedHashSet<>(values));
  }

  List<OfDate> dates() {
    return distinct(dates);
  }

  List<OfText> texts() {
    return distinct(texts);
  }

  List<OfQuantity> quantities() {
    return distinct(quantities);
  }

  List<OfCode> codes() {
    return distinct(codes);
  }

  private void key(long key) {
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
    }
    keys[keyCount++] = key;
  }

  private void token(SearchParameter parameter, Element value) {
    switch (value.type()) {
      case "CodeableConcept" ->
          value.children("coding").forEach(coding -> coded(parameter, coding, "code"));
      case "Coding" -> coded(parameter, value, "code");
      case "Identifier" -> {
        coded(parameter, value, "value");
        value.value("value").ifPresent(number -> ofType(parameter, value, number));
      }
      case "ContactPoint" ->
          value.value("value").ifPresent(text -> token(parameter, Optional.empty(), text));
      default ->
          value
              .value()
              .ifPresent(
                  code -> {
                    var system = Optional.ofNullable(value.place().codes().get(code));
                    token(parameter, system, code);
                    system.ifPresent(known -> key(parameter.systemKey(known)));
                  });
    }
  }

  private void ofType(SearchParameter parameter, Element identifier, String number) {
    identifier.children("type").stream()
        .flatMap(type -> type.children("coding").stream())
        .forEach(
            coding ->
                key(
                    parameter.ofTypeKey(
                        coding.value("system").orElse(""),
                        coding.value("code").orElse(""),
                        number)));
  }

  private void coded(SearchParameter parameter, Element value, String code) {
    var system = value.value("system");
    value.value(code).ifPresent(text -> token(parameter, system, text));
    system.ifPresent(known -> key(parameter.systemKey(known)));
  }

  private void token(SearchParameter parameter, Optional<String> system, String code) {
    key(parameter.codeKey(code));
    key(parameter.systemAndCodeKey(system.orElse(""), code));
    if (parameter.ordered()) {
      codes.add(new OfCode(parameter.codeKey(code), Keys.of(system.orElse(""))));
    }
  }

  private void reference(SearchParameter parameter, Element value) {
    if (value.type().equals("Reference")) {
      value.value("reference").ifPresent(literal -> literal(parameter, literal));
      value
          .child("identifier")
          .ifPresent(identifier -> coded(parameter.ofIdentifier(), identifier, "value"));
    } else if (value.value().isPresent()) {
      literal(parameter, value.value().get());
    } else {
      // A resource itself: Bundle's parameters composition and message.
      value.value("id").ifPresent(id -> literal(parameter, value.type() + "/" + id));
    }
  }

  private void literal(SearchParameter parameter, String text) {
    var literal = Literal.of(text);
    key(parameter.literalKey(literal.isRelative() ? literal.versionless() : text));
    if (text.indexOf('|') > 0) {
      key(parameter.literalKey(SearchParameter.withoutVersion(text)));
    }
    if (literal.isRelative() && parameter.targets().isEmpty()) {
      key(parameter.bareIdKey(literal.id().orElseThrow()));
    }
  }

  private void uri(SearchParameter parameter, Element value) {
    value
        .value()
        .ifPresent(
            uri -> {
              key(parameter.literalKey(uri));
              if (uri.contains("://")) {
                SearchParameter.steps(uri).forEach(step -> key(parameter.belowKey(step)));
              }
            });
  }

  private void text(SearchParameter parameter, Element value) {
    switch (value.type()) {
      case "HumanName" -> parts(parameter, value, TEXTS_OF_NAME);
      case "Address" -> parts(parameter, value, TEXTS_OF_ADDRESS);
      case "CodeableConcept" -> {
        value.value("text").ifPresent(text -> text(parameter, text));
        value
            .children("coding")
            .forEach(coding -> coding.value("display").ifPresent(text -> text(parameter, text)));
      }
      default -> value.value().ifPresent(text -> text(parameter, text));
    }
  }

  private void parts(SearchParameter parameter, Element value, Set<String> names) {
    for (var part : value.children()) {
      if (names.contains(part.name())) {
        part.value().ifPresent(text -> text(parameter, text));
      }
    }
  }

  private void text(SearchParameter parameter, String text) {
    texts.add(new OfText(parameter.code(), NormalisedText.of(text)));
    key(parameter.exactTextKey(text));
  }

  static Stream<DateRange> dates(List<Element> values) {
    return values.stream().flatMap(ValueCollector::dates);
  }

  /** Of a Timing only the outer limits matter (FHIR R4, 3.1.1.4.8). */
  private static Stream<DateRange> dates(Element value) {
    return switch (value.type()) {
      case "Period" -> Stream.of(period(value));
      case "Timing" ->
          Stream.concat(
              value.children("repeat").stream()
                  .flatMap(repeat -> repeat.children("bounds").stream())
                  .filter(bounds -> bounds.type().equals("Period"))
                  .map(ValueCollector::period),
              value.children("event").stream().flatMap(ValueCollector::dates))
              .reduce(DateRange::union)
              .stream();
      default -> value.value().stream().flatMap(text -> DateRange.parse(text).stream());
    };
  }

  private static DateRange period(Element period) {
    return new DateRange(
        period.value("start").flatMap(DateRange::parse).map(DateRange::low).orElse(DateRange.START),
        period.value("end").flatMap(DateRange::parse).map(DateRange::high).orElse(DateRange.END));
  }

  private void quantity(SearchParameter parameter, Element value) {
    QuantityValue.of(value).ifPresent(found -> quantities.add(found.entry(parameter.code())));
  }
}
