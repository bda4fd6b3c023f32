package io.yitong.hub.record.index;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Quantity;

/** A quantity's unit as it can be asked for: with its system, as a bare code, as written. */
public final class Units {
  private Units() {}

  static List<Long> of(Quantity quantity) {
    var coded = of(quantity.getSystem(), quantity.getCode());
    if (!quantity.hasUnit()) {
      return coded;
    }
    return Stream.concat(coded.stream(), Stream.of(bare(quantity.getUnit()))).distinct().toList();
  }

  static List<Long> of(String system, String code) {
    if (code == null) {
      return List.of();
    }
    return LongStream.of(bare(code), withSystem(system == null ? "" : system, code))
        .boxed()
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
}
