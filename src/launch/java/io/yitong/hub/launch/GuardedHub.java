package io.yitong.hub.launch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A benchmark's hub as hospitals run it: with tokens, rules and audit. */
public final class GuardedHub implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final Http http;
  private final Path log;

  GuardedHub(Process process, int port, Http http, Path log) {
    this.process = process;
    this.port = port;
    this.http = http;
    this.log = log;
  }

  void awaitReady(Duration limit) {
    var ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
    var answered =
        Waiting.until(
            limit,
            () -> {
              if (!process.isAlive()) {
                throw new LaunchFailure("The hub ended while starting; see " + log);
              }
              return http.status(ready).filter(status -> status == 200).isPresent();
            });
    if (!answered) {
      throw new LaunchFailure("The hub does not answer; see " + log);
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    if (!Waiting.until(STOP_LIMIT, () -> !process.isAlive())) {
      process.destroyForcibly();
    }
  }
}
