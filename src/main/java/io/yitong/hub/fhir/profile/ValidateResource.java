package io.yitong.hub.fhir.profile;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds resources to their profiles. The validator is made when first asked for, and few at a time
 * use it: a validation takes up to some megabytes while it runs, so their number bounds the heap.
 */
@ApplicationScoped
public class ValidateResource {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);
  private ProfileValidator validator;

  ValidateResource(@ConfigProperty(name = "yitong.profiles") String folder) {
    this.folder = Path.of(folder);
  }

  /**
   * @param json as it was sent
   * @param profile canonical URL; empty for the hub's own profile of what it is
   * @throws HubException PARAMETER_INVALID for a profile the hub does not have, BUSY when too many
   *     wait
   */
  public List<Flaw> flaws(byte[] json, Optional<String> profile) {
    return withPlace(
        ready -> {
          profile.filter(asked -> !ready.knows(asked)).ifPresent(ValidateResource::refuse);
          return ready.flaws(json, profile);
        });
  }

  /** The one validator of this process; seconds when it is the first time. */
  public synchronized ProfileValidator ready() {
    if (validator == null) {
      validator = new ProfileValidator(Profiles.read(folder));
    }
    return validator;
  }

  private <T> T withPlace(Function<ProfileValidator, T> work) {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HubException(ErrorCode.BUSY, "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException(ErrorCode.BUSY, "");
    }
    try {
      return work.apply(ready());
    } finally {
      places.release();
    }
  }

  private static void refuse(String profile) {
    throw new HubException(ErrorCode.PARAMETER_INVALID, "profile", "profile", "unknown " + profile);
  }
}
