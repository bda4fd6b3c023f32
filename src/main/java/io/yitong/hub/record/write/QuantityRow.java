package io.yitong.hub.record.write;

import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.Span;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The columns of {@code index_quantity} that say how much, as the text of a numeric; null where the
 * one before says the same.
 */
record QuantityRow(Short open, String low, String high, String writtenLow, String writtenHigh) {
  static QuantityRow of(OfQuantity quantity) {
    var canonical = quantity.canonical();
    var written = quantity.written();
    var differs =
        !isSame(canonical.low(), written.low()) || !isSame(canonical.high(), written.high());
    return new QuantityRow(
        quantity.open() == 0 ? null : (short) quantity.open(),
        low(canonical),
        high(canonical),
        differs ? low(written) : null,
        differs ? high(written) : null);
  }

  private static String low(Span span) {
    return span.low().map(BigDecimal::toString).orElse("-Infinity");
  }

  private static String high(Span span) {
    return span.low().isPresent() && isSame(span.low(), span.high())
        ? null
        : span.high().map(BigDecimal::toString).orElse("Infinity");
  }

  private static boolean isSame(Optional<BigDecimal> one, Optional<BigDecimal> other) {
    return one.isPresent() && other.isPresent()
        ? one.get().compareTo(other.get()) == 0
        : one.isEmpty() && other.isEmpty();
  }
}
