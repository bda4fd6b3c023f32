package io.yitong.hub.launch.bench.load;

import java.util.List;
import java.util.Map;

/**
 * What came of it.
 *
 * @param statuses how many answers of each HTTP status
 * @param p50 in milliseconds
 * @param cpuSeconds of the generator's process meanwhile
 * @param samples bodies of some answers
 * @param failure the first answer that was neither 200 nor 201, or nothing
 */
public record LoadResult(
    long requests,
    double seconds,
    double p50,
    double p99,
    double cpuSeconds,
    Map<Integer, Long> statuses,
    List<String> samples,
    String failure) {

  public double rate() {
    return requests / seconds;
  }

  /** Of one processor. */
  public double cpuShare() {
    return cpuSeconds / seconds;
  }

  public long failures() {
    return requests - statuses.getOrDefault(200, 0L) - statuses.getOrDefault(201, 0L);
  }
}
