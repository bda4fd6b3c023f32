package io.yitong.hub.launch;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One hub and a PostgreSQL of its own for a benchmark: in a folder of its own, on free ports of the
 * loopback interface, without an issuer, without access checks and audit. It ends with the command
 * that started it.
 */
public final class MeasuredHub implements AutoCloseable {
  private static final String NAME = "benchmark";
  private static final String MAINTENANCE = "postgres";

  /** Megabytes. */
  private static final long LARGEST_BUFFERS = 8_192;

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** Long enough for a process that writes an ahead-of-time cache as it ends. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(120);

  private static final String ORGANIZATION =
      """
      {"resourceType":"Organization","id":"benchmark-hospital","identifier":[{"system":"urn:ietf:rfc:3986",\
      "value":"urn:yitong:institution:000000-benchmark"}],"active":true,"name":"Benchmark Hospital"}""";

  /** How the hub's process is started. */
  public enum Packaging {
    /** {@code java -jar quarkus-run.jar}, as {@code ./yitong up} does. */
    FAST_JAR,
    /** The same jars on one class path, which an ahead-of-time cache covers. */
    CLASS_PATH
  }

  private final Settings settings;
  private final Secrets secrets;
  private final Database database;
  private final Http http = new Http();
  private final int port;
  private Process hub;

  /**
   * @param home data, logs and the copy of the packaged hub
   */
  public MeasuredHub(Path project, Path home) throws IOException {
    this.port = freePort();
    this.settings = new Settings(project, home, freePort(), 0, port, 0, 0);
    this.secrets = new Secrets(settings.secrets());
    this.database = new Database(settings, secrets, forThisMachine());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /** A quarter of the memory for PostgreSQL's buffers, as its manual has it (19.4.1). */
  private static Map<String, String> forThisMachine() {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var megabytes = machine.getTotalMemorySize() >> 20;
    return Map.of(
        "shared_buffers",
        Math.min(LARGEST_BUFFERS, Math.max(256, megabytes / 4)) + "MB",
        "effective_cache_size",
        megabytes / 2 + "MB");
  }

  /**
   * @param fresh whether the hub's database begins empty
   */
  public void startDatabase(boolean fresh) throws IOException, SQLException {
    Files.createDirectories(settings.home());
    database.start();
    Hub.install(settings);
    if (fresh) {
      recreate(NAME);
    } else {
      try (var connection = superuser();
          var statement = connection.createStatement()) {
        statement.execute("alter database %s reset all".formatted(NAME));
      }
    }
    recreate("yardstick");
  }

  private void recreate(String name) throws SQLException {
    try (var connection = database.superuser(MAINTENANCE);
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists %s with (force)".formatted(name));
      statement.execute("create database %s owner %s".formatted(name, Database.HUB_ROLE));
    }
  }

  /** Seconds from the start of its process to its first answer about a resource. */
  public double startHub(Path java, List<String> flags, Packaging packaging) throws IOException {
    var open = new ArrayList<>(flags);
    open.add("-Dyitong.benchmark.open-access=true");
    var start = System.nanoTime();
    hub = process(java, open, packaging, log(), Map.of());
    awaitAnswer();
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * A second process on the same data, which asks for tokens, holds to the rules and keeps the
   * audit.
   *
   * @param trusting whose tokens it takes
   */
  public GuardedHub startGuarded(Path java, List<String> flags, Map<String, String> trusting)
      throws IOException {
    var environment = new HashMap<>(trusting);
    var guarded = freePort();
    environment.put("YITONG_HTTP_PORT", Integer.toString(guarded));
    environment.put("YITONG_CHANGE_FEED", "false");
    environment.put("YITONG_BULK", "false");
    // One client asks as many do.
    environment.put("YITONG_RATE_CLIENT", "1000000");
    environment.put("YITONG_RATE_CLIENT_BURST", "1000000");
    var log = settings.logs().resolve("guarded.log");
    var started =
        new GuardedHub(
            process(java, flags, Packaging.FAST_JAR, log, environment), guarded, http, log);
    Runtime.getRuntime().addShutdownHook(new Thread(started::close));
    started.awaitReady(START_LIMIT);
    return started;
  }

  private Process process(
      Path java, List<String> flags, Packaging packaging, Path log, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(flags);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dquarkus.http.host=127.0.0.1");
    command.addAll(packaged(packaging));
    Files.createDirectories(settings.logs());
    Files.createDirectories(settings.inbox());
    var builder =
        new ProcessBuilder(command)
            .directory(settings.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private List<String> packaged(Packaging packaging) throws IOException {
    var app = settings.home().resolve("app");
    if (packaging == Packaging.FAST_JAR) {
      return List.of("-jar", app.resolve("quarkus-run.jar").toString());
    }
    return List.of(
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-cp",
        Stream.of("quarkus", "app", "lib/boot", "lib/main")
            .flatMap(folder -> jars(app.resolve(folder)))
            .collect(Collectors.joining(":")),
        "io.quarkus.runner.GeneratedMain");
  }

  /** What Quarkus transformed stands before what it was made from. */
  private static Stream<String> jars(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".jar"))
          .sorted(Comparator.reverseOrder())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> environment() {
    var environment = new HashMap<>(Hub.folders(settings));
    environment.put("YITONG_HUB", NAME);
    environment.put("YITONG_BASE_URL", address().toString());
    environment.put("YITONG_HTTP_PORT", Integer.toString(port));
    environment.put("YITONG_DB_URL", jdbcUrl());
    environment.put("YITONG_DB_USER", Database.HUB_ROLE);
    environment.put("YITONG_DB_PASSWORD", database.hubPassword());
    environment.put("YITONG_OIDC_ISSUER", "http://127.0.0.1:1/nobody");
    // A score of what feeds send; here is none, and the profile validator holds 180 MB.
    environment.put("YITONG_VALIDATION_SCORE_RATE", "0");
    return environment;
  }

  private void awaitAnswer() {
    var first = address().resolve("/fhir/Patient/nobody");
    var answered =
        Waiting.until(
            START_LIMIT,
            () -> {
              if (!hub.isAlive()) {
                throw new LaunchFailure("The hub ended while starting; see " + log());
              }
              return http.status(first).filter(status -> status == 404).isPresent();
            });
    if (!answered) {
      throw new LaunchFailure("The hub does not answer; see " + log());
    }
  }

  public void stopHub() {
    if (hub != null) {
      hub.destroy();
      if (!Waiting.until(STOP_LIMIT, () -> !hub.isAlive())) {
        hub.destroyForcibly();
      }
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public Http http() {
    return http;
  }

  public Path log() {
    return settings.logs().resolve("hub.log");
  }

  /** What every loaded resource refers to. */
  public void putOrganization() {
    var answer =
        http.send(
            "PUT",
            address().resolve("/fhir/Organization/benchmark-hospital"),
            null,
            "application/fhir+json",
            ORGANIZATION);
    if (answer.status() >= 300) {
      throw new LaunchFailure("The hub does not take an Organization: " + answer.body());
    }
  }

  /** Of the hub's process. */
  public long pid() {
    return hub.pid();
  }

  public ProcessHandle postgres() {
    return database.running().orElseThrow();
  }

  public String jdbcUrl() {
    return database.jdbcUrl(NAME);
  }

  public String yardstickUrl() {
    return database.jdbcUrl("yardstick");
  }

  public String user() {
    return Database.HUB_ROLE;
  }

  public String password() {
    return database.hubPassword();
  }

  /** What PostgreSQL says. */
  public Path databaseLog() {
    return database.log();
  }

  /** To the hub's database, with every right. */
  public Connection superuser() throws SQLException {
    return database.superuser(NAME);
  }

  @Override
  public void close() {
    stopHub();
    database.stop();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
