package io.yitong.hub.launch.bench.load;

import java.util.Arrays;

/** Durations of requests, in nanoseconds. */
final class Latencies {
  private long[] values = new long[1 << 16];
  private int size;

  void add(long nanos) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = nanos;
  }

  void addAll(Latencies others) {
    for (var i = 0; i < others.size; i++) {
      add(others.values[i]);
    }
  }

  int size() {
    return size;
  }

  /** In milliseconds; sorts first, so it is asked when all are in. */
  double percentile(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    Arrays.sort(values, 0, size);
    return values[Math.min(size - 1, (int) Math.ceil(share * size) - 1)] / 1e6;
  }
}
