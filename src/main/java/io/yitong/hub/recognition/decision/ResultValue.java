package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;
import java.util.Optional;

/** What a result says. */
public sealed interface ResultValue {
  /** As a person reads it. */
  String shown();

  /**
   * A number.
   *
   * @param comparator {@code <}, {@code <=}, {@code >} or {@code >=}; empty for an exact value
   * @param written the unit as the laboratory wrote it
   * @param ucum empty when the written unit is not understood
   */
  record Measured(BigDecimal number, String comparator, String written, Optional<String> ucum)
      implements ResultValue {
    @Override
    public String shown() {
      return (comparator + number.toPlainString() + " " + written).trim();
    }
  }

  /** A word or code, such as 阴性. */
  record Worded(String text) implements ResultValue {
    @Override
    public String shown() {
      return text;
    }
  }

  /** Nothing: the laboratory gave a reason instead of a value, or no value. */
  record Absent() implements ResultValue {
    @Override
    public String shown() {
      return "";
    }
  }
}
