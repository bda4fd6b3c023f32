package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What processes take of the machine, from Linux's /proc; see proc(5). */
final class MachineUse {
  private MachineUse() {}

  /** Resident memory in MB. */
  static double residentMegabytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .findFirst()
              .orElseThrow()
          / 1e3;
    } catch (IOException e) {
      throw new LaunchFailure("Cannot read the memory of process " + pid, e);
    }
  }

  /** Processor time of a process and all below it, those that ended being left out. */
  static double cpuSeconds(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
            .flatMap(each -> each.info().totalCpuDuration().stream())
            .mapToLong(Duration::toNanos)
            .sum()
        / 1e9;
  }
}
