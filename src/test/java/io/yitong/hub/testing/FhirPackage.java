package io.yitong.hub.testing;

import io.yitong.hub.fhir.FhirJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** The FHIR package of this project, {@code fhir-profiles/}, as it stands on disk. */
public final class FhirPackage {
  public static final Path FOLDER = Path.of("fhir-profiles");

  private FhirPackage() {}

  /** Conformance and terminology resources by file name. */
  public static SortedMap<String, Resource> artefacts() {
    return read(FOLDER);
  }

  /** One good resource of each profile, by file name. */
  public static SortedMap<String, Resource> examples() {
    return read(FOLDER.resolve("example"));
  }

  private static SortedMap<String, Resource> read(Path folder) {
    try (var files = Files.list(folder)) {
      Map<String, Resource> byName =
          files
              .filter(file -> file.getFileName().toString().matches("[A-Z].*\\.json"))
              .collect(Collectors.toMap(file -> file.getFileName().toString(), FhirPackage::parse));
      return Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource parse(Path file) {
    try {
      return FhirJson.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
