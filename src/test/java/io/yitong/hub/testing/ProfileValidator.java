package io.yitong.hub.testing;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.NamingSystems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * Checks resources against the profiles of {@code fhir-profiles/}. Code systems nobody ships
 * (LOINC) are not checked; ours are, and so is every extension.
 */
public final class ProfileValidator {
  private final FhirValidator validator;
  private final Map<String, String> profileByType = new HashMap<>();
  private final Set<String> ownCodeSystems = new HashSet<>();

  private ProfileValidator() {
    var context = FhirJson.context();
    var own = new PrePopulatedValidationSupport(context);
    for (var artefact : FhirPackage.artefacts().values()) {
      add(own, artefact);
    }
    var unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.INFORMATION);
    var instances =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                own,
                new SnapshotGeneratingValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                unknown));
    instances.setAnyExtensionsAllowed(false);
    validator = context.newValidator().registerValidatorModule(instances);
  }

  /** The one validator of the test run: it is dear to make and learns as it goes. */
  public static ProfileValidator shared() {
    return Shared.VALIDATOR;
  }

  /** What is wrong with {@code resource} by the profile it falls under; empty when nothing is. */
  public List<String> errors(Resource resource) {
    return isOfAnotherKind(resource)
        ? errors(resource, new ValidationOptions())
        : errors(resource, ofType(resource));
  }

  /** The same, whatever the resource says of its kind. */
  public List<String> errorsByProfileOfType(Resource resource) {
    return errors(resource, ofType(resource));
  }

  private ValidationOptions ofType(Resource resource) {
    var options = new ValidationOptions();
    var profile = profileByType.get(resource.fhirType());
    if (profile != null) {
      options.addProfile(profile);
    }
    return options;
  }

  private List<String> errors(Resource resource, ValidationOptions options) {
    var found =
        validator.validateWithResult(resource, options).getMessages().stream()
            .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
            .map(message -> message.getLocationString() + ": " + message.getMessage());
    return Stream.concat(found, codeSystemsMadeUp(resource)).toList();
  }

  /** The profiles of results and reports are for the laboratory's. */
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

  private Stream<String> codeSystemsMadeUp(Resource resource) {
    return FhirJson.context()
        .newTerser()
        .getAllPopulatedChildElementsOfType(resource, Coding.class)
        .stream()
        .filter(coding -> coding.hasSystem() && coding.getSystem().startsWith(NamingSystems.BASE))
        .filter(coding -> !ownCodeSystems.contains(coding.getSystem()))
        .map(coding -> "fhir-profiles has no code system " + coding.getSystem());
  }

  private void add(PrePopulatedValidationSupport own, Resource artefact) {
    if (artefact instanceof NamingSystem) {
      return; // has no canonical URL in R4; the validator has no use for it
    }
    own.addResource(artefact);
    if (artefact instanceof CodeSystem codes) {
      ownCodeSystems.add(codes.getUrl());
    }
    if (artefact instanceof StructureDefinition profile && !profile.getType().equals("Extension")) {
      profileByType.put(profile.getType(), profile.getUrl());
    }
  }

  private static final class Shared {
    static final ProfileValidator VALIDATOR = new ProfileValidator();
  }
}
