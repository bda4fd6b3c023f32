package io.yitong.hub.record.index;

import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.terminology.CanonicalUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A quantity's unit as it can be asked for: with its system, as a bare code, as written. */
public final class Units {
  private Units() {}

  /**
   * @param inBase whether it is found with its system by its base units
   */
  static List<Long> of(Element quantity, boolean inBase) {
    var code = quantity.value("code");
    var coded =
        inBase ? code.stream().map(Units::bare).toList() : of(quantity.value("system"), code);
    return quantity
        .value("unit")
        .map(unit -> Stream.concat(coded.stream(), Stream.of(bare(unit))).distinct().toList())
        .orElse(coded);
  }

  static List<Long> of(Optional<String> system, Optional<String> code) {
    return code.stream()
        .flatMap(known -> Stream.of(bare(known), withSystem(system.orElse(""), known)))
        .toList();
  }

  /** For {@code value||code}. */
  public static long bare(String code) {
    return Keys.of(Keys.code(code));
  }

  /** For {@code value|system|code}. */
  public static long withSystem(String system, String code) {
    return Keys.of(Keys.systemAndCode(system, code));
  }

  /** What kind of quantity a unit measures: the same for all that can become one another. */
  public static long kind(CanonicalUnit unit) {
    return Keys.of(unit.kind());
  }
}
