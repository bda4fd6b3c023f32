package io.yitong.hub.launch.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall clock and processor time of this process since it was made. */
final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long nanos = System.nanoTime();
  private final long cpu = SYSTEM.getProcessCpuTime();

  double seconds() {
    return (System.nanoTime() - nanos) / 1e9;
  }

  double cpuSeconds() {
    return (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
  }
}
