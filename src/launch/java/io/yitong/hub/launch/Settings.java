package io.yitong.hub.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where one installation lives and which ports it takes.
 *
 * @param project the folder with pom.xml, camel-routes and fhir-profiles
 * @param home data, secrets, logs and pid files; {@code YITONG_HOME}, by default {@code var}
 * @param feedPortOffset added to every port of camel-routes/institutions/*.yaml
 */
public record Settings(
    Path project,
    Path home,
    int postgresPort,
    int keycloakPort,
    int chongqingPort,
    int linshuiPort,
    int feedPortOffset) {

  /** The defaults, each of which an environment variable replaces. */
  public static Settings of(Path project, Map<String, String> environment) {
    var home = environment.get("YITONG_HOME");
    return new Settings(
        project,
        home == null ? project.resolve("var") : Path.of(home).toAbsolutePath(),
        number(environment, "YITONG_PG_PORT", 5440),
        number(environment, "YITONG_KEYCLOAK_PORT", 8180),
        number(environment, "YITONG_CHONGQING_PORT", 8080),
        number(environment, "YITONG_LINSHUI_PORT", 8081),
        number(environment, "YITONG_FEED_PORT_OFFSET", 0));
  }

  int httpPort(Region region) {
    return switch (region) {
      case CHONGQING -> chongqingPort;
      case LINSHUI -> linshuiPort;
    };
  }

  /** Watched folders: one per institution that sends files. */
  public Path inbox() {
    return home.resolve("inbox");
  }

  /** Signed checkpoints of the audits, in a folder for each hub. */
  public Path checkpoints() {
    return home.resolve("audit");
  }

  Path secrets() {
    return home.resolve("secrets");
  }

  Path logs() {
    return home.resolve("log");
  }

  Path pids() {
    return home.resolve("run");
  }

  private static int number(Map<String, String> environment, String name, int standard) {
    var text = environment.get(name);
    if (text == null || text.isBlank()) {
      return standard;
    }
    try {
      return Integer.parseInt(text.trim());
    } catch (NumberFormatException e) {
      throw new LaunchFailure("%s is '%s', not a number".formatted(name, text), e);
    }
  }
}
