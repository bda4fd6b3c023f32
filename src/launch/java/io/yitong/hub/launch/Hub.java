package io.yitong.hub.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One hub process: the packaged application with this installation's environment. */
public final class Hub {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final String name;
  private final Settings settings;
  private final int port;
  private final Map<String, String> environment;
  private final Http http;
  private final DetachedProcess process;

  Hub(String name, int port, Settings settings, Map<String, String> environment, Http http) {
    this.name = name;
    this.settings = settings;
    this.port = port;
    this.environment = Map.copyOf(environment);
    this.http = http;
    this.process = new DetachedProcess(name, settings);
  }

  /** What the hub of a region is told when all its servers are embedded ones. */
  static Map<String, String> embedded(
      Region region,
      int port,
      int feedPortOffset,
      Settings settings,
      Secrets secrets,
      Database db) {
    var environment = new HashMap<>(folders(settings));
    environment.put("YITONG_HUB", region.code());
    environment.put("YITONG_REGION", region.division());
    environment.put("YITONG_BASE_URL", "http://localhost:" + settings.httpPort(region));
    environment.put("YITONG_HTTP_PORT", Integer.toString(port));
    environment.put("YITONG_FEED_PORT_OFFSET", Integer.toString(feedPortOffset));
    environment.put("YITONG_DB_URL", db.jdbcUrl(region.code()));
    environment.put("YITONG_DB_USER", Database.HUB_ROLE);
    environment.put("YITONG_DB_PASSWORD", db.hubPassword());
    environment.putAll(trusting(region, settings, secrets));
    environment.put("YITONG_PRIVACY_KEY", secrets.secret(region.code() + "-privacy"));
    // All of them are on this machine.
    environment.put("YITONG_EXCHANGE_PRIVATE_NETWORKS", "127.0.0.0/8,::1");
    return environment;
  }

  /** Whose tokens a hub takes, and how it proves who it is itself. */
  static Map<String, String> trusting(Region region, Settings settings, Secrets secrets) {
    return Map.of(
        "YITONG_OIDC_ISSUER", Keycloak.issuer(settings, region),
        "YITONG_OIDC_AUDIENCE", "yitong-" + region.code(),
        "YITONG_EXCHANGE_KEY", secrets.hubKeyPem(region).toString(),
        "YITONG_EXCHANGE_KEY_ID", secrets.hubKey(region).getKeyID(),
        "YITONG_CONSOLE_CLIENT_SECRET", secrets.secret(region.code() + "-yitong-console"));
  }

  /** What does not depend on where database and issuer are. */
  static Map<String, String> folders(Settings settings) {
    return Map.of(
        "YITONG_ROUTES", settings.project().resolve("camel-routes").toString(),
        "YITONG_PROFILES", settings.project().resolve("fhir-profiles").toString(),
        "YITONG_INBOX", settings.inbox().toString(),
        "YITONG_AUDIT_CHECKPOINTS", settings.checkpoints().toString(),
        "YITONG_AUDIT_KEY_FOLDER", settings.secrets().toString());
  }

  /** Without a trailing slash. */
  public URI address() {
    return URI.create("http://localhost:" + port);
  }

  public boolean running() {
    return process.running().isPresent();
  }

  /** Starts it unless it runs; returns at once. */
  public void start() throws IOException {
    if (running()) {
      return;
    }
    Files.createDirectories(settings.inbox());
    process.start(
        settings.home(),
        environment,
        List.of(
            Installed.java(),
            "-Xms256m",
            "-Xmx512m",
            "-Xmn128m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "-jar",
            application(settings).resolve("quarkus-run.jar").toString()));
  }

  /** Copies what the build made; hubs that run go on with what they have. */
  static void install(Settings settings) throws IOException {
    Installed.copy(
        settings.project().resolve("target/quarkus-app"), application(settings), "quarkus-run.jar");
  }

  /** Waits for {@code /q/health/ready}. */
  public void awaitReady(Progress progress) {
    var ready =
        progress.await(
            START_LIMIT,
            () -> {
              if (!running()) {
                throw new LaunchFailure(
                    "The %s hub ended while starting; the end of %s:%n%s"
                        .formatted(name, process.log(), process.lastLines(15)));
              }
              return http.status(address().resolve("/q/health/ready"))
                  .filter(status -> status == 200)
                  .isPresent();
            });
    if (!ready) {
      throw new LaunchFailure("The %s hub is not ready; see %s".formatted(name, process.log()));
    }
  }

  /** False when it was not running. */
  public boolean stop() {
    return process.stop(STOP_LIMIT);
  }

  /** As a power cut would: no chance to finish anything. */
  public void kill() {
    process.running().ifPresent(ProcessHandle::destroyForcibly);
    process.stop(STOP_LIMIT);
  }

  Path log() {
    return process.log();
  }

  private static Path application(Settings settings) {
    return settings.home().resolve("app");
  }
}
