package io.yitong.hub.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One hub against a PostgreSQL and an issuer that others run: {@code ./yitong up --external}.
 * Everything it is told comes from the environment (names: src/main/resources/application.yaml).
 */
final class ExternalHub {
  private static final String PROCESS = "external";

  private static final List<String> REQUIRED =
      List.of(
          "YITONG_HUB",
          "YITONG_DB_URL",
          "YITONG_DB_USER",
          "YITONG_DB_PASSWORD",
          "YITONG_OIDC_ISSUER",
          "YITONG_OIDC_AUDIENCE");

  private ExternalHub() {}

  static void up(Settings settings, Map<String, String> environment, Progress progress) {
    var missing = REQUIRED.stream().filter(name -> !environment.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new LaunchFailure(
          "./yitong up --external takes its settings from the environment; missing: "
              + String.join(", ", missing));
    }
    var told = new HashMap<>(Hub.folders(settings));
    told.keySet().removeAll(environment.keySet());
    var port = Integer.parseInt(environment.getOrDefault("YITONG_HTTP_PORT", "8080"));
    var hub = new Hub(PROCESS, port, settings, told, new Http());
    progress.timed(
        "Hub %s on %d".formatted(environment.get("YITONG_HUB"), port),
        () -> {
          if (!hub.running()) {
            Hub.install(settings);
          }
          hub.start();
          hub.awaitReady(progress);
          return null;
        });
    progress.say("FHIR at " + hub.address() + "/fhir; ./yitong down stops it");
  }

  static boolean stop(Settings settings) {
    return new DetachedProcess(PROCESS, settings).stop(Hub.STOP_LIMIT);
  }
}
