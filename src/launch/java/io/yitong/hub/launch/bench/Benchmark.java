package io.yitong.hub.launch.bench;

import java.util.List;

/**
 * One measurement of a running installation, called by {@code ./yitong bench NAME}; found through
 * {@code META-INF/services}.
 */
public interface Benchmark {
  /** What follows {@code ./yitong bench}. */
  String name();

  /** Measures; the figures come in the order they are printed. */
  List<Figure> run(BenchContext context) throws Exception;
}
