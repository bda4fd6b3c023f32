package io.yitong.hub.exchange;

import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * What partner hubs hold of a person, fetched under their agreements and kept apart from local
 * data.
 */
@ApplicationScoped
public class PartnerResults {
  /** What was fetched before and is still valid; never calls a partner. */
  public List<PartnerAnswer> held(PersonId person) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks every partner whose held answer is missing or stale, in parallel, and keeps what comes.
   *
   * @param deadline for the whole call; a partner not back by then is {@link PartnerAnswer.Late}
   * @return one answer per partner, held ones included
   */
  public List<PartnerAnswer> fetch(PersonId person, Duration deadline, CorrelationId correlation) {
    throw new UnsupportedOperationException();
  }
}
