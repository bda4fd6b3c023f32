package io.yitong.hub.fhir.profile;

import io.yitong.hub.fhir.FhirJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/** The conformance resources of {@code fhir-profiles/}, and which of them judges what. */
public record Profiles(List<Resource> artefacts) {
  public Profiles {
    artefacts = List.copyOf(artefacts);
  }

  public static Profiles read(Path folder) {
    try (var files = Files.list(folder)) {
      return new Profiles(
          files
              .filter(file -> file.getFileName().toString().matches("[A-Z].*\\.json"))
              .sorted()
              .map(Profiles::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("profiles cannot be read (yitong.profiles)", e);
    }
  }

  /**
   * The hub's profile for a resource; empty when it has none for its kind. Those of results and
   * reports are for the laboratory's.
   */
  public Optional<String> of(Resource resource) {
    return isOfAnotherKind(resource) ? Optional.empty() : ofType(resource.fhirType());
  }

  /** The hub's profile of a type, whatever the resource says of its kind. */
  public Optional<String> ofType(String type) {
    return artefacts.stream()
        .filter(StructureDefinition.class::isInstance)
        .map(StructureDefinition.class::cast)
        .filter(profile -> profile.getType().equals(type))
        .filter(profile -> !type.equals("Extension"))
        .map(StructureDefinition::getUrl)
        .findFirst();
  }

  /** Canonical URLs of the code systems defined here. */
  public List<String> codeSystems() {
    return artefacts.stream()
        .filter(CodeSystem.class::isInstance)
        .map(each -> ((CodeSystem) each).getUrl())
        .collect(Collectors.toUnmodifiableList());
  }

  private static boolean isOfAnotherKind(Resource resource) {
    if (resource instanceof Observation result) {
      return result.hasCategory() && !isIn(result.getCategory(), "laboratory");
    }
    if (resource instanceof DiagnosticReport report) {
      return !isIn(report.getCategory(), "LAB");
    }
    return false;
  }

  private static boolean isIn(List<CodeableConcept> categories, String code) {
    return categories.stream()
        .flatMap(category -> category.getCoding().stream())
        .anyMatch(coding -> code.equals(coding.getCode()));
  }

  private static Resource parse(Path file) {
    try {
      return FhirJson.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
