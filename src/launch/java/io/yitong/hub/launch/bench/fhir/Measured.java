package io.yitong.hub.launch.bench.fhir;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One measured row.
 *
 * @param work what was done
 * @param reference what the reference server reached; null where the issue has none
 * @param required null where nothing is
 * @param value in {@code unit}
 * @param p50 milliseconds; null for what is no request
 * @param yardstick the same work by plain PostgreSQL, in {@code unit}
 * @param ratio of value to yardstick
 * @param hubCpu microseconds of processor time the hub took for one request
 * @param loadShare the load generator's share of one processor
 * @param flaw why it does not count; null when it does
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Measured(
    String work,
    Double reference,
    Double required,
    Double value,
    String unit,
    boolean higherIsBetter,
    Double p50,
    Double p99,
    Double p99Required,
    Double yardstick,
    Double ratio,
    Double hubCpu,
    Double postgresCpu,
    Double loadShare,
    String flaw) {

  /** A figure that is no rate of requests. */
  static Measured figure(
      String work, Double reference, Double required, double value, String unit, Double yardstick) {
    return new Measured(
        work,
        reference,
        required,
        value,
        unit,
        false,
        null,
        null,
        null,
        yardstick,
        yardstick == null ? null : value / yardstick,
        null,
        null,
        null,
        null);
  }

  static Measured failed(String work, Double reference, Double required, String flaw) {
    return new Measured(
        work, reference, required, null, "", true, null, null, null, null, null, null, null, null,
        flaw);
  }

  boolean holds() {
    if (flaw != null) {
      return false;
    }
    var enough = required == null || (higherIsBetter ? value >= required : value <= required);
    return enough && (p99Required == null || p99 <= p99Required);
  }
}
