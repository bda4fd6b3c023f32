package io.yitong.hub.fhir.profile;

import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.NamingSystems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Checks resources against profiles. Dear to make, and it learns as it goes. Code systems nobody
 * ships (LOINC) are not checked; ours are, and so is every extension.
 */
public final class ProfileValidator {
  private final Profiles profiles;
  private final IValidationSupport support;
  private final FhirValidator validator;
  private final Set<String> ownCodeSystems;

  public ProfileValidator(Profiles profiles) {
    this.profiles = profiles;
    this.ownCodeSystems = new HashSet<>(profiles.codeSystems());
    var context = FhirJson.context();
    var own = new PrePopulatedValidationSupport(context);
    profiles.artefacts().stream()
        // has no canonical URL in R4; the validator has no use for it
        .filter(artefact -> !(artefact instanceof NamingSystem))
        .forEach(own::addResource);
    var unknown = new UnknownCodeSystemWarningValidationSupport(context);
    unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.INFORMATION);
    support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(context),
            own,
            new SnapshotGeneratingValidationSupport(context),
            new CommonCodeSystemsTerminologyService(context),
            new InMemoryTerminologyServerValidationSupport(context),
            unknown);
    var instances = new FhirInstanceValidator(support);
    instances.setAnyExtensionsAllowed(false);
    instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
    validator = context.newValidator().registerValidatorModule(instances);
  }

  public Profiles profiles() {
    return profiles;
  }

  /** Whether there is a profile of this canonical URL. */
  public boolean knows(String profile) {
    return support.fetchStructureDefinition(profile) != null;
  }

  /** By the profile given, or by the hub's for what it is, besides what meta.profile claims. */
  public List<Flaw> flaws(Resource resource, Optional<String> profile) {
    var options = options(profile.or(() -> profiles.of(resource)));
    return flaws(validator.validateWithResult(resource, options), resource);
  }

  /**
   * The same of a text, so that flaws tell their line.
   *
   * @param json one resource, UTF-8; may be malformed
   */
  public List<Flaw> flaws(byte[] json, Optional<String> profile) {
    var text = new String(json, StandardCharsets.UTF_8);
    Resource resource;
    try {
      resource = (Resource) parser().parseResource(text);
    } catch (DataFormatException | ClassCastException e) {
      return List.of(
          new Flaw(
              IssueSeverity.FATAL,
              IssueType.STRUCTURE,
              "",
              OptionalInt.empty(),
              OptionalInt.empty(),
              String.valueOf(e.getMessage())));
    }
    var options = options(profile.or(() -> profiles.of(resource)));
    return flaws(validator.validateWithResult(text, options), resource);
  }

  /** Says nothing of what it does not know: that is the validator's to tell. */
  private static IParser parser() {
    return FhirJson.context()
        .newJsonParser()
        .setParserErrorHandler(
            new LenientErrorHandler(false)
                .setErrorOnInvalidValue(false)
                .setErrorOnInvalidExtension(false));
  }

  private static ValidationOptions options(Optional<String> profile) {
    var options = new ValidationOptions();
    profile.ifPresent(options::addProfile);
    return options;
  }

  private List<Flaw> flaws(ValidationResult result, Resource resource) {
    var flaws = new ArrayList<Flaw>();
    result.getMessages().forEach(message -> flaws.add(flaw(message)));
    FhirJson.context()
        .newTerser()
        .getAllPopulatedChildElementsOfType(resource, Coding.class)
        .stream()
        .filter(coding -> coding.hasSystem() && coding.getSystem().startsWith(NamingSystems.BASE))
        .filter(coding -> !ownCodeSystems.contains(coding.getSystem()))
        .map(coding -> madeUp(resource, coding))
        .forEach(flaws::add);
    return List.copyOf(flaws);
  }

  private static Flaw madeUp(Resource resource, Coding coding) {
    return new Flaw(
        IssueSeverity.ERROR,
        IssueType.CODEINVALID,
        resource.fhirType(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        "fhir-profiles has no code system " + coding.getSystem());
  }

  private static Flaw flaw(SingleValidationMessage message) {
    return new Flaw(
        switch (message.getSeverity()) {
          case FATAL -> IssueSeverity.FATAL;
          case ERROR -> IssueSeverity.ERROR;
          case WARNING -> IssueSeverity.WARNING;
          case INFORMATION -> IssueSeverity.INFORMATION;
        },
        message.getMessage().startsWith("Constraint failed")
            ? IssueType.INVARIANT
            : IssueType.INVALID,
        Optional.ofNullable(message.getLocationString()).orElse(""),
        number(message.getLocationLine()),
        number(message.getLocationCol()),
        message.getMessage());
  }

  private static OptionalInt number(Integer found) {
    return found == null || found < 1 ? OptionalInt.empty() : OptionalInt.of(found);
  }
}
