package io.yitong.hub.testing;

import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jboss.logging.Logger;

/**
 * Holds every resource that a component test has the hub write to its profile, but for a client
 * whose policy lets flaws through. An {@link AssertionError}, so that nothing that answers refusals
 * takes it for one.
 */
@ApplicationScoped
public class ValidateWhatIsWritten implements WriteStep {
  private static final Logger LOG = Logger.getLogger(ValidateWhatIsWritten.class);

  /** Load tests write more at once than is worth validating one by one. */
  private static final int MOST = 60;

  /** Tags of systems that begin so are of tests that write anything R4 allows, on purpose. */
  private static final String ANYTHING = "urn:yitong:test:";

  /** After every step of the hub. */
  @Override
  public int order() {
    return 10_000;
  }

  private final ValidateResource validate;

  ValidateWhatIsWritten(ValidateResource validate) {
    this.validate = validate;
  }

  @Override
  public void before(WriteBatch batch) {
    var isToldOfFlaws = batch.context().caller().client().equals("told-his");
    if (batch.drafts().size() <= MOST && !isToldOfFlaws) {
      batch.drafts().stream()
          .map(draft -> draft.model())
          .filter(resource -> !isMeantToBeAnything(resource))
          .forEach(this::check);
    }
  }

  private static boolean isMeantToBeAnything(Resource resource) {
    return resource.getMeta().getTag().stream()
        .anyMatch(tag -> tag.hasSystem() && tag.getSystem().startsWith(ANYTHING));
  }

  private void check(Resource resource) {
    var errors =
        validate.ready().flaws(resource, Optional.empty()).stream()
            .filter(Flaw::isError)
            .map(flaw -> flaw.path() + ": " + flaw.text())
            .toList();
    if (!errors.isEmpty()) {
      var why =
          "The hub was about to write what its profile refuses:\n  %s\n%s"
              .formatted(
                  String.join("\n  ", errors),
                  FhirJson.context().newJsonParser().encodeResourceToString(resource));
      LOG.error(why); // a feed's thread has no test to fail
      throw new AssertionError(why);
    }
  }
}
