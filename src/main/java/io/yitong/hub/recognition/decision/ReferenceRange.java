package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;
import java.util.Optional;

/** What the laboratory holds to be normal, in the unit of the result it came with. */
public record ReferenceRange(Optional<BigDecimal> low, Optional<BigDecimal> high, String text) {
  enum Side {
    BELOW,
    WITHIN,
    ABOVE
  }

  Optional<Side> sideOf(BigDecimal number) {
    if (low.isEmpty() && high.isEmpty()) {
      return Optional.empty();
    }
    if (low.isPresent() && number.compareTo(low.get()) < 0) {
      return Optional.of(Side.BELOW);
    }
    if (high.isPresent() && number.compareTo(high.get()) > 0) {
      return Optional.of(Side.ABOVE);
    }
    return Optional.of(Side.WITHIN);
  }

  /** {@code 7–40}, {@code ≤40}, {@code ≥7} or the laboratory's own text. */
  public String shown() {
    if (low.isPresent() && high.isPresent()) {
      return low.get().toPlainString() + "–" + high.get().toPlainString();
    }
    return high.map(h -> "≤" + h.toPlainString())
        .or(() -> low.map(l -> "≥" + l.toPlainString()))
        .orElse(text);
  }
}
