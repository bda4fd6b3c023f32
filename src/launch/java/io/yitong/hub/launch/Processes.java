package io.yitong.hub.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes of this machine that are not our children any more. */
final class Processes {
  private Processes() {}

  /** Also false for one that has ended and only waits for the system to take note of it. */
  static boolean alive(ProcessHandle process) {
    return process.isAlive() && !hasEnded(process.pid());
  }

  /** True when all have ended within the time given. */
  static boolean awaitEnd(List<ProcessHandle> processes, Duration patience) {
    return Waiting.until(patience, () -> processes.stream().noneMatch(Processes::alive));
  }

  /** State Z in /proc/PID/stat, whose second field is a name in brackets; see proc(5). */
  private static boolean hasEnded(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }
}
