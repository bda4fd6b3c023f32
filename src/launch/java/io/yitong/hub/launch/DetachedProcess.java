package io.yitong.hub.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server that goes on running after the command that started it. Its pid file holds the process
 * number and when it started, so that a number given anew by the system is never mistaken for it.
 */
final class DetachedProcess {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final String name;
  private final Path pidFile;
  private final Path log;

  DetachedProcess(String name, Settings settings) {
    this.name = name;
    this.pidFile = settings.pids().resolve(name + ".pid");
    this.log = settings.logs().resolve(name + ".log");
  }

  Path log() {
    return log;
  }

  void start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(pidFile.getParent());
      Files.createDirectories(log.getParent());
      Files.createDirectories(folder);
      var detached = new ArrayList<>(List.of(sessionLeader()));
      detached.addAll(command);
      var builder =
          new ProcessBuilder(detached)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(new java.io.File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      var process = builder.start().toHandle();
      var started = process.info().startInstant().orElseGet(Instant::now);
      Files.writeString(pidFile, process.pid() + " " + started + "\n");
    } catch (IOException e) {
      throw new LaunchFailure("Cannot start %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  Optional<ProcessHandle> running() {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      var words = Files.readString(pidFile).trim().split(" ", -1);
      var started = Instant.parse(words[1]);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(Processes::alive)
          .filter(handle -> startedAt(handle, started));
    } catch (IOException | RuntimeException e) {
      throw new LaunchFailure("Cannot read %s: %s".formatted(pidFile, e.getMessage()), e);
    }
  }

  /** Asks it to end, and ends it when it does not; false when it was not running. */
  boolean stop(Duration patience) {
    var handle = running();
    handle.ifPresent(
        process -> {
          var family = Stream.concat(process.descendants(), Stream.of(process)).toList();
          process.destroy();
          if (!Processes.awaitEnd(family, patience)) {
            family.forEach(ProcessHandle::destroyForcibly);
            Processes.awaitEnd(family, patience);
          }
        });
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new LaunchFailure("Cannot delete %s: %s".formatted(pidFile, e.getMessage()), e);
    }
    return handle.isPresent();
  }

  /** The last lines it wrote, for a failure's message. */
  String lastLines(int count) {
    try {
      var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    } catch (IOException e) {
      return "(%s cannot be read: %s)".formatted(log, e.getMessage());
    }
  }

  private static boolean startedAt(ProcessHandle handle, Instant recorded) {
    return handle
        .info()
        .startInstant()
        .map(start -> Duration.between(start, recorded).abs().compareTo(CLOCK_TOLERANCE) < 0)
        .orElse(true);
  }

  /** A session of its own, so that Ctrl-C and a closed terminal do not reach it. */
  private static String sessionLeader() {
    return Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse("nohup");
  }
}
