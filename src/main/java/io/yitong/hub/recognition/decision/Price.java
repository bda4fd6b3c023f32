package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;

/**
 * A list price.
 *
 * @param yuan CNY, not negative
 * @param illustrative invented for the example catalogue, no authority's price; shown wherever the
 *     figure is
 */
public record Price(BigDecimal yuan, boolean illustrative) {
  public Price {
    if (yuan.signum() < 0) {
      throw new IllegalArgumentException("a price is not negative: " + yuan);
    }
  }

  /** {@code 60 元（价格为示例）}. */
  public String chinese() {
    return yuan.toPlainString() + " 元" + (illustrative ? "（价格为示例）" : "");
  }

  public String english() {
    return "CNY " + yuan.toPlainString() + (illustrative ? " (illustrative price)" : "");
  }
}
