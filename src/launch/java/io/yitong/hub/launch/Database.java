package io.yitong.hub.launch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded PostgreSQL with one database per hub and one for Keycloak. Unlike the library's
 * defaults it is durable: what was committed survives a crash.
 */
public final class Database {
  /** Role of the hubs. */
  static final String HUB_ROLE = "yitong";

  static final String KEYCLOAK = "keycloak";

  private static final String SUPERUSER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private static final Map<String, String> FOR_A_SMALL_MACHINE =
      Map.of(
          "listen_addresses", "localhost",
          "max_connections", "120",
          "shared_buffers", "256MB",
          "effective_cache_size", "1GB",
          "work_mem", "8MB",
          "maintenance_work_mem", "128MB",
          "wal_compression", "on",
          "max_wal_size", "2GB",
          "checkpoint_timeout", "15min",
          "random_page_cost", "1.1");

  private final Settings settings;
  private final Secrets secrets;
  private final Map<String, String> instead;

  /** What this command started itself; it holds the library's lock on the data folder. */
  private EmbeddedPostgres own;

  Database(Settings settings, Secrets secrets) {
    this(settings, secrets, Map.of());
  }

  /**
   * @param instead settings of the server that are to be other than for a small machine
   */
  Database(Settings settings, Secrets secrets, Map<String, String> instead) {
    this.settings = settings;
    this.secrets = secrets;
    this.instead = instead;
  }

  /** For the role of the hubs; see {@link #hubPassword}. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:%d/%s".formatted(settings.postgresPort(), database);
  }

  String hubPassword() {
    return secrets.secret("database-" + HUB_ROLE);
  }

  String keycloakPassword() {
    return secrets.secret("database-" + KEYCLOAK);
  }

  /** A connection with every right, for scenario tests and campaigns. */
  public Connection superuser(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, superuserPassword());
  }

  /** Starts it, or finds it running; prepares roles and databases. */
  void start() throws IOException, SQLException {
    if (running().isEmpty()) {
      var fresh = !Files.exists(data().resolve("PG_VERSION"));
      startServer(fresh);
      if (fresh) {
        closeToStrangers();
      }
    }
    try (var connection = superuser(SUPERUSER)) {
      prepare(connection, HUB_ROLE, hubPassword(), List.of("chongqing", "linshui"));
      prepare(connection, KEYCLOAK, keycloakPassword(), List.of(KEYCLOAK));
      refuseUnlessDurable(connection);
    }
  }

  /** Starts anew with the roles and databases it had; for faults in tests. */
  public void restart() throws IOException, SQLException {
    startServer(false);
  }

  /** Leaves the database without a table. */
  void empty(String name) throws SQLException {
    try (var connection = superuser(SUPERUSER);
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists %s with (force)".formatted(name));
      statement.execute("create database %s owner %s".formatted(name, name));
    }
  }

  /** The server process of this installation's data folder, whoever started it. */
  Optional<ProcessHandle> running() {
    var pidFile = data().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      var lines = Files.readAllLines(pidFile);
      return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
          .filter(Processes::alive)
          .filter(
              handle -> handle.info().command().filter(c -> c.contains("postgres")).isPresent());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  public boolean stop() {
    var server = running();
    if (own != null) {
      closeOwn();
    }
    server
        .filter(Processes::alive)
        .ifPresent(
            handle -> {
              signal(handle, "INT");
              if (!Processes.awaitEnd(List.of(handle), STOP_LIMIT)) {
                signal(handle, "QUIT");
              }
            });
    return server.isPresent();
  }

  private void closeOwn() {
    try {
      own.close();
      own = null;
    } catch (IOException e) {
      throw new LaunchFailure("PostgreSQL's data folder stays locked: " + e.getMessage(), e);
    }
  }

  private void startServer(boolean fresh) throws IOException {
    Files.createDirectories(settings.logs());
    Files.createDirectories(data());
    var log = ProcessBuilder.Redirect.appendTo(log().toFile());
    var builder =
        EmbeddedPostgres.builder()
            .setPort(settings.postgresPort())
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(settings.home().resolve("postgresql").toFile())
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(log)
            .setErrorRedirector(log);
    if (!fresh) {
      builder.setConnectConfig("password", superuserPassword());
    }
    DURABLE.forEach(builder::setServerConfig);
    FOR_A_SMALL_MACHINE.forEach(builder::setServerConfig);
    instead.forEach(builder::setServerConfig);
    own = builder.start();
  }

  /** The library lets every local user in without a password; from here on it takes one. */
  private void closeToStrangers() throws IOException, SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, "");
        var statement = connection.createStatement()) {
      statement.execute("alter role postgres password '" + superuserPassword() + "'");
      Files.writeString(
          data().resolve("pg_hba.conf"),
          """
          # Written by ./yitong up: only this machine, only with a password.
          local all all scram-sha-256
          host  all all 127.0.0.1/32 scram-sha-256
          host  all all ::1/128      scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    }
  }

  private static void prepare(
      Connection connection, String role, String password, List<String> databases)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      if (absent(connection, "select 1 from pg_roles where rolname = ?", role)) {
        statement.execute("create role %s login".formatted(role));
      }
      statement.execute("alter role %s password '%s'".formatted(role, password));
      for (var database : databases) {
        if (absent(connection, "select 1 from pg_database where datname = ?", database)) {
          statement.execute("create database %s owner %s".formatted(database, role));
        }
      }
    }
  }

  private static boolean absent(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return !rows.next();
      }
    }
  }

  private static void refuseUnlessDurable(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var setting : DURABLE.keySet()) {
        try (var row = statement.executeQuery("show " + setting)) {
          row.next();
          if (!row.getString(1).equals("on")) {
            throw new LaunchFailure(
                "PostgreSQL runs with %s = %s: it could lose acknowledged messages"
                    .formatted(setting, row.getString(1)));
          }
        }
      }
    }
  }

  private static void signal(ProcessHandle handle, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(handle.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new LaunchFailure("Cannot stop PostgreSQL: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String superuserPassword() {
    return secrets.secret("database-" + SUPERUSER);
  }

  Path log() {
    return settings.logs().resolve("postgresql.log");
  }

  private Path data() {
    return settings.home().resolve("data");
  }
}
