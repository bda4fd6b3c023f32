package io.yitong.hub.launch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The embedded issuer: one realm per region, made from the templates in {@code
 * src/launch/resources/keycloak} with this installation's own secrets, keys and addresses.
 */
final class Keycloak {
  private static final Duration FIRST_START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern SLOT = Pattern.compile("@([a-z]+):([A-Za-z0-9-]+)@");

  private final Settings settings;
  private final Secrets secrets;
  private final Database database;
  private final Http http;
  private final DetachedProcess process;

  Keycloak(Settings settings, Secrets secrets, Database database, Http http) {
    this.settings = settings;
    this.secrets = secrets;
    this.database = database;
    this.http = http;
    this.process = new DetachedProcess("keycloak", settings);
  }

  static String issuer(Settings settings, Region realm) {
    return "http://localhost:%d/realms/%s".formatted(settings.keycloakPort(), realm.code());
  }

  DetachedProcess process() {
    return process;
  }

  /** Installs a copy of its own, so that a rebuild never pulls it from under a running server. */
  void start() throws IOException, SQLException {
    if (process.running().isPresent()) {
      return;
    }
    var home = settings.home().resolve("keycloak");
    Installed.copy(distribution(), home, "version.txt");
    importAnewWhenTheTemplatesChanged(home);
    var environment =
        new HashMap<>(
            Map.of(
                "KC_DB_PASSWORD", database.keycloakPassword(),
                "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.password("keycloak-admin")));
    environment.put("JAVA", Installed.java());
    process.start(
        home,
        environment,
        List.of(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + settings.keycloakPort(),
            "--hostname=http://localhost:" + settings.keycloakPort(),
            "--db=postgres",
            "--db-url=" + database.jdbcUrl(Database.KEYCLOAK),
            "--db-username=" + Database.KEYCLOAK,
            "--db-pool-max-size=20"));
  }

  void awaitReady(Progress progress) {
    var ready =
        progress.await(
            FIRST_START_LIMIT,
            () -> {
              if (process.running().isEmpty()) {
                throw new LaunchFailure(
                    "Keycloak ended while starting; the end of %s:%n%s"
                        .formatted(process.log(), process.lastLines(15)));
              }
              return List.of(Region.values()).stream().allMatch(this::serves);
            });
    if (!ready) {
      throw new LaunchFailure("Keycloak is not ready; see " + process.log());
    }
  }

  boolean stop() {
    return process.stop(STOP_LIMIT);
  }

  private boolean serves(Region realm) {
    var discovery = URI.create(issuer(settings, realm) + "/.well-known/openid-configuration");
    return http.status(discovery).filter(status -> status == 200).isPresent();
  }

  private Path distribution() throws IOException {
    var unpacked = settings.project().resolve("target/keycloak");
    try (var folders = Files.list(unpacked)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("bin/kc.sh")))
          .findFirst()
          .orElseThrow(() -> new LaunchFailure("Keycloak is missing below " + unpacked));
    }
  }

  /** Keycloak imports a realm once; its database holds nothing but what the templates say. */
  private void importAnewWhenTheTemplatesChanged(Path home) throws IOException, SQLException {
    var imports = Files.createDirectories(home.resolve("data/import"));
    var changed = false;
    for (var realm : Region.values()) {
      var file = imports.resolve(realm.code() + "-realm.json");
      var wanted = render(realm);
      if (!Files.exists(file) || !Files.readString(file).equals(wanted)) {
        Installed.writePrivately(file, wanted);
        changed = true;
      }
    }
    if (changed) {
      database.empty(Database.KEYCLOAK);
    }
  }

  String render(Region realm) throws IOException {
    try (InputStream template =
        Keycloak.class.getResourceAsStream("/keycloak/" + realm.code() + ".json")) {
      var text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      return SLOT.matcher(text)
          .replaceAll(
              slot ->
                  java.util.regex.Matcher.quoteReplacement(
                      new String(
                          JsonStringEncoder.getInstance()
                              .quoteAsString(fill(realm, slot.group(1), slot.group(2))))));
    }
  }

  private String fill(Region realm, String kind, String name) {
    return switch (kind) {
      case "secret" -> secrets.secret(realm.code() + "-" + name);
      case "password" -> secrets.password(name);
      case "jwks" -> new JWKSet(secrets.hubKey(Region.of(name)).toPublicJWK()).toString();
      case "clientjwks" -> new JWKSet(secrets.clientKey(name).toPublicJWK()).toString();
      case "address" -> "http://localhost:" + settings.httpPort(Region.of(name));
      default -> throw new LaunchFailure("The realm template has an unknown slot " + kind);
    };
  }
}
