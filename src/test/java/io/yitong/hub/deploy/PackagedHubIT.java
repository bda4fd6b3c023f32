package io.yitong.hub.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The container image is a copy of the packaged hub: what is not in one is not in the other. */
class PackagedHubIT {
  private static final Path PACKAGED = Path.of("target/quarkus-app");

  @Test
  void no_embedded_server_or_test_tool_is_packaged() throws IOException {
    try (var files = Files.walk(PACKAGED)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .anyMatch(name -> name.startsWith("org.postgresql.postgresql-"))
          .noneMatch(
              name -> name.matches("(io\\.zonky|org\\.keycloak|com\\.microsoft\\.playwright).*"))
          .noneMatch(name -> name.matches("(org\\.junit|com\\.marcnuri|com\\.tngtech).*"));
    }
  }

  @Test
  void the_launcher_is_not_packaged() throws IOException {
    assertThat(classesOfTheHub())
        .contains("io/yitong/hub/fhir/ErrorCode.class")
        .noneMatch(name -> name.startsWith("io/yitong/hub/launch/"))
        .noneMatch(name -> name.startsWith("io/yitong/hub/testing/"));
  }

  private static List<String> classesOfTheHub() throws IOException {
    try (var jars = Files.list(PACKAGED.resolve("app"))) {
      var jar = jars.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      try (var entries = new ZipFile(jar.toFile())) {
        return entries.stream().map(ZipEntry::getName).toList();
      }
    }
  }
}
