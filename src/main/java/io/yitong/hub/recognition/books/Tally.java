package io.yitong.hub.recognition.books;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the events of a period add up to.
 *
 * @param prompts eligible ones: the hub recommended to withdraw an order
 * @param refusals by ground; those without one under {@link #WITHOUT_REASON}
 * @param reported laboratory reports given out
 * @param gross CNY saved by what was recognised in the period
 * @param takenBack CNY of savings undone in the period
 * @param illustrative some amount rests on an invented price
 */
public record Tally(
    long prompts,
    long recognised,
    long undone,
    Map<String, Long> refusals,
    long reported,
    BigDecimal gross,
    BigDecimal takenBack,
    boolean illustrative) {
  public static final String WITHOUT_REASON = "reason-missing";

  public Tally {
    refusals = Map.copyOf(refusals);
  }

  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  public BigDecimal net() {
    return gross.subtract(takenBack);
  }
}
