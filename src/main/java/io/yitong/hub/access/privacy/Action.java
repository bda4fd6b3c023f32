package io.yitong.hub.access.privacy;

import java.util.Arrays;
import java.util.Set;

/** What a profile does with an element it names. */
enum Action {
  /** A truth value, a number, a code of FHIR's own. */
  KEEP(
      "keep",
      Set.of("boolean", "integer", "positiveInt", "unsignedInt", "decimal", "code", "time")),
  /** Said to be removed, where a reader of the profile would look for it. */
  REMOVE("remove", Set.of()),
  /** The text of a thing that is no person, such as an institution's name. */
  PUBLIC("public", Set.of("string", "canonical", "uri")),
  /** An id, or a reference to a type the profile names; what is said beside it is removed. */
  PSEUDONYM("pseudonym", Set.of("id", "Reference")),
  /** Codes of the profile's code systems; texts and displays are removed. */
  CODED("coded", Set.of("CodeableConcept", "Coding")),
  /** The value and its UCUM code; one without a code is removed. */
  QUANTITY(
      "quantity", Set.of("Quantity", "SimpleQuantity", "Age", "Count", "Distance", "Duration")),
  YEAR("generalise:year", Set.of("date", "dateTime")),
  MONTH("generalise:month", Set.of("date", "dateTime")),
  /** Moved by the days of the person, the time of day staying. */
  SHIFT("shift", Set.of("date", "dateTime", "instant")),
  /** The year; of those over 89 the year in which they were 90, for all of them. */
  BIRTH_YEAR("generalise:birth-year", Set.of("date")),
  /** The first year of five, likewise. */
  BIRTH_FIVE_YEARS("generalise:birth-five-years", Set.of("date")),
  /** County level, six digits of GB/T 2260. */
  DISTRICT("generalise:district", Set.of("Address"));

  private final String code;
  private final Set<String> types;

  Action(String code, Set<String> types) {
    this.code = code;
    this.types = types;
  }

  static Action of(String code) {
    return Arrays.stream(values())
        .filter(action -> action.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no action " + code));
  }

  boolean isFor(String type) {
    return this == REMOVE || types.contains(type);
  }
}
