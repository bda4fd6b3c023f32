package io.yitong.hub.record.change;

import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.record.write.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one committed transaction changed: created, updated and deleted resources, in the order
 * written.
 *
 * @param fed whether a feed's message caused it, and not a caller of the API
 */
public record Change(
    long sequence,
    CorrelationId correlation,
    Optional<InstitutionId> institution,
    boolean fed,
    Instant at,
    List<Written> written) {}
