package io.yitong.hub.feed;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL that a test stops and starts again on the same folder and port. */
public final class StoppablePostgres implements QuarkusTestResourceLifecycleManager {
  private static Path data;
  private static EmbeddedPostgres postgres;
  private static int port;

  @Override
  public Map<String, String> start() {
    Path checkpoints;
    try {
      data = Files.createTempDirectory("yitong-outage");
      checkpoints = Files.createTempDirectory("yitong-outage-audit");
      postgres =
          EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = postgres.getPort();
    return Map.of(
        "quarkus.datasource.jdbc.url",
        postgres.getJdbcUrl("postgres", "postgres"),
        "quarkus.datasource.username",
        "postgres",
        "quarkus.datasource.password",
        "postgres",
        "yitong.audit.checkpoints",
        checkpoints.toString());
  }

  @Override
  public void stop() {
    stopDatabase();
  }

  static String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  static void stopDatabase() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void startDatabase() {
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
