package io.yitong.hub.launch.bench;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One measured number.
 *
 * @param better which way is better
 * @param required what it must reach to pass; null where nothing is asked
 * @param yardstick what it is compared with, for example the target or another server
 * @param conditions machine, load, data: what one must know to measure it again
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Figure(
    String name,
    double value,
    String unit,
    Better better,
    Double required,
    String yardstick,
    String conditions) {

  /** The direction of improvement. */
  public enum Better {
    higher,
    lower
  }

  /** True as well when nothing is required. */
  public boolean holds() {
    if (required == null) {
      return true;
    }
    return switch (better) {
      case higher -> value >= required;
      case lower -> value <= required;
    };
  }
}
