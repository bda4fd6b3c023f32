package io.yitong.hub.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The client of src/test/npm: installed below target by its lock file, and run by Node. Installing
 * needs the npm registry, the first time.
 */
public final class NpmClient {
  private static final Path SOURCE = Path.of("src/test/npm");
  private static final Path FOLDER = Path.of("target/npm-client");
  private static final int MINUTES = 5;

  private NpmClient() {}

  /**
   * @param fhir the base of the hub's FHIR API
   * @return what it printed, a line for each step
   */
  public static List<String> run(URI fhir, String token, String institution) {
    install();
    return command(
        Map.of("FHIR_BASE", fhir.toString(), "TOKEN", token, "INSTITUTION", institution),
        "node",
        "scenario.mjs");
  }

  private static void install() {
    try {
      Files.createDirectories(FOLDER);
      for (var file : List.of("package.json", "package-lock.json", "scenario.mjs")) {
        Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    command(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  private static List<String> command(Map<String, String> environment, String... command) {
    try {
      var output = Files.createTempFile(FOLDER, "output", ".txt");
      var builder =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " takes too long");
      }
      var printed = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + printed);
      }
      return printed.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command[0] + " was interrupted", e);
    }
  }
}
