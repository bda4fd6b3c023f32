package io.yitong.hub.access.consent;

import io.yitong.hub.fhir.InstitutionId;
import java.time.Instant;

/**
 * That an institution has a patient in care.
 *
 * @param until first moment at which it no longer has; {@link Instant#MAX} while nothing is said
 */
public record CareGround(InstitutionId institution, Instant until) {}
