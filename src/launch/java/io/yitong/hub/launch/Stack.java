package io.yitong.hub.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything one installation runs: PostgreSQL, Keycloak, the two hubs. */
public final class Stack {
  private final Settings settings;
  private final Progress progress;
  private final Secrets secrets;
  private final Http http = new Http();
  private final Database database;
  private final Keycloak keycloak;
  private final Tokens tokens;
  private final Map<Region, Hub> hubs = new EnumMap<>(Region.class);

  public Stack(Settings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.secrets = new Secrets(settings.secrets());
    this.database = new Database(settings, secrets);
    this.keycloak = new Keycloak(settings, secrets, database, http);
    this.tokens = new Tokens(settings, secrets, http);
    for (var region : Region.values()) {
      hubs.put(region, hubOf(region.code(), region, settings.httpPort(region), 0));
    }
  }

  public Settings settings() {
    return settings;
  }

  public Hub hub(Region region) {
    return hubs.get(region);
  }

  /** For a hub beside those of the stack that takes the tokens of a region's issuer. */
  public Map<String, String> trusting(Region region) {
    return Hub.trusting(region, settings, secrets);
  }

  public Tokens tokens() {
    return tokens;
  }

  public Database database() {
    return database;
  }

  public Http http() {
    return http;
  }

  /** The password of a person of the demonstration, for example {@code doctor}. */
  public String password(Region realm, String user) {
    return secrets.password(realm.code() + "-" + user);
  }

  /** Starts what does not run; harmless when all does. */
  public void up() {
    try {
      Files.createDirectories(settings.pids());
      // Patients' data and the hubs' keys are below.
      Files.setPosixFilePermissions(settings.home(), PosixFilePermissions.fromString("rwx------"));
      try (var alone =
          FileChannel.open(
              settings.pids().resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        if (alone.tryLock() == null) {
          throw new LaunchFailure("Another ./yitong up is at work in " + settings.home());
        }
        startAll();
      }
    } catch (IOException e) {
      throw new LaunchFailure("Cannot write in %s: %s".formatted(settings.home(), e), e);
    }
  }

  /** Stops all, last started first; what was stopped is said. */
  public void down() {
    if (ExternalHub.stop(settings)) {
      progress.say("  stopped the hub on external servers");
    }
    for (var region : Region.values()) {
      say(hub(region).stop(), "the %s hub".formatted(region.code()));
    }
    say(keycloak.stop(), "Keycloak");
    say(database.stop(), "PostgreSQL");
  }

  /** One line a server; true when all run. */
  public boolean status() {
    var all = true;
    all &= line("PostgreSQL", settings.postgresPort(), database.running().isPresent());
    all &= line("Keycloak", settings.keycloakPort(), keycloak.process().running().isPresent());
    for (var region : Region.values()) {
      var running = hub(region).running();
      all &= line("hub " + region.code(), settings.httpPort(region), running);
    }
    return all;
  }

  /**
   * A further hub process of a region on the same database, for scenario tests.
   *
   * @param shift added to its feeds' ports on top of the installation's own offset
   */
  public Hub furtherHub(Region region, int port, int shift) {
    return hubOf(region.code() + "-" + port, region, port, shift);
  }

  private Hub hubOf(String name, Region region, int port, int shift) {
    var offset = settings.feedPortOffset() + shift;
    return new Hub(
        name,
        port,
        settings,
        Hub.embedded(region, port, offset, settings, secrets, database),
        http);
  }

  private void startAll() throws IOException {
    progress.say("Data, secrets and logs: " + settings.home());
    refuseForeignPorts();
    progress.timed(
        "PostgreSQL on " + settings.postgresPort(),
        () -> {
          database.start();
          return null;
        });
    progress.timed(
        "Keycloak on %d (the first start takes a minute)".formatted(settings.keycloakPort()),
        () -> {
          keycloak.start();
          keycloak.awaitReady(progress);
          return null;
        });
    startHubs();
    progress.timed(
        "Partners and quality evidence",
        () -> {
          new PartnerRegistration(this).register();
          new QualityEvidence(this).passed();
          return null;
        });
  }

  private void startHubs() throws IOException {
    if (hubs.values().stream().noneMatch(Hub::running)) {
      Hub.install(settings);
    }
    for (var region : Region.values()) {
      progress.timed(
          "Hub %s on %d".formatted(region.code(), settings.httpPort(region)),
          () -> {
            hub(region).start();
            hub(region).awaitReady(progress);
            return null;
          });
    }
  }

  /** Someone else's server on a port of ours would only show as a riddle later. */
  private void refuseForeignPorts() {
    var taken = new ArrayList<String>();
    if (database.running().isEmpty()) {
      note(taken, settings.postgresPort(), "YITONG_PG_PORT");
    }
    if (keycloak.process().running().isEmpty()) {
      note(taken, settings.keycloakPort(), "YITONG_KEYCLOAK_PORT");
    }
    for (var region : Region.values()) {
      if (!hub(region).running()) {
        note(taken, settings.httpPort(region), "YITONG_" + region.name() + "_PORT");
      }
    }
    if (!taken.isEmpty()) {
      throw new LaunchFailure(
          "Another program uses %s; stop it, or choose another port with the variable named"
              .formatted(String.join(", ", taken)));
    }
  }

  private static void note(List<String> taken, int port, String variable) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      taken.add("port %d (%s)".formatted(port, variable));
    }
  }

  private void say(boolean stopped, String what) {
    progress.say((stopped ? "  stopped " : "  not running: ") + what);
  }

  private boolean line(String what, int port, boolean running) {
    progress.say("  %-14s %-6d %s".formatted(what, port, running ? "running" : "not running"));
    return running;
  }
}
