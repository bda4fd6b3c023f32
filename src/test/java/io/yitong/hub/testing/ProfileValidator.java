package io.yitong.hub.testing;

import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.profile.Profiles;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** Checks resources against the profiles of {@code fhir-profiles/}, as the hub itself does. */
public final class ProfileValidator {
  private final io.yitong.hub.fhir.profile.ProfileValidator validator =
      new io.yitong.hub.fhir.profile.ProfileValidator(Profiles.read(FhirPackage.FOLDER));

  private ProfileValidator() {}

  /** The one validator of the test run: it is dear to make and learns as it goes. */
  public static ProfileValidator shared() {
    return Shared.VALIDATOR;
  }

  /** What is wrong with {@code resource} by the profile it falls under; empty when nothing is. */
  public List<String> errors(Resource resource) {
    return errors(resource, Optional.empty());
  }

  /** The same, whatever the resource says of its kind. */
  public List<String> errorsByProfileOfType(Resource resource) {
    return errors(resource, validator.profiles().ofType(resource.fhirType()));
  }

  private List<String> errors(Resource resource, Optional<String> profile) {
    return validator.flaws(resource, profile).stream()
        .filter(Flaw::isError)
        .map(flaw -> flaw.path() + ": " + flaw.text())
        .toList();
  }

  private static final class Shared {
    static final ProfileValidator VALIDATOR = new ProfileValidator();
  }
}
