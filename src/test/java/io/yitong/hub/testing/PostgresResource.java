package io.yitong.hub.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** A real PostgreSQL for component tests, one for the whole test run, and nothing of one before. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
  /** As application.yaml has it for tests. */
  private static final Path CHECKPOINTS = Path.of("target/audit");

  private EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      clear(CHECKPOINTS);
      postgres = EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
        "quarkus.datasource.username", "postgres",
        "quarkus.datasource.password", "postgres",
        // The first write loads the validator of profiles; on a busy machine that takes a minute.
        "quarkus.transaction-manager.default-transaction-timeout", "300s");
  }

  @Override
  public void stop() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checkpoints of a database that is gone would be taken for another account of this one. */
  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
