package io.yitong.hub.recognition.decision;

import java.time.Instant;
import java.util.List;

/**
 * The answer to one order: for the same order, results, evidence, catalogue and moment always the
 * same.
 *
 * @param lines one for each line of the order, in its order
 */
public record Decision(String catalogueVersion, Instant moment, List<OrderVerdict> lines) {
  public Decision {
    lines = List.copyOf(lines);
  }
}
