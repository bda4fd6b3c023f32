package io.yitong.hub.access.consent;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.InstitutionId;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A provision of a Consent, for one institution or for whoever; what is empty does not limit it.
 *
 * @param depth 0 of the Consent's own provision, 1 of what that excepts, and so on
 * @param purposes codes of HL7 v3 PurposeOfUse
 * @param categories of observations, as {@code laboratory}
 * @param sensitivities codes of {@link SensitiveCategories}
 * @param when from the first moment it holds to the first at which it no longer does
 */
public record ConsentRule(
    int depth,
    boolean permit,
    Optional<InstitutionId> institution,
    Set<String> purposes,
    Set<ResourceType> types,
    Set<String> categories,
    Set<String> sensitivities,
    DateRange when) {
  public ConsentRule {
    purposes = Set.copyOf(purposes);
    types = Set.copyOf(types);
    categories = Set.copyOf(categories);
    sensitivities = Set.copyOf(sensitivities);
  }
}
