package io.yitong.hub.fhir;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What a query may see. {@code access} makes it, {@code record} demands it on every query and
 * evaluates it inside the query, so that pages, totals and sorting are right.
 *
 * @param reach whose data
 * @param types the resource types the scopes let through; includes and chains are bound by it too
 */
public record ReadFilter(Reach reach, Set<ResourceType> types) {

  /** Whose data may be seen. */
  public sealed interface Reach {}

  /** All of the region's; for the hub's own work and for callers whose rules say so. */
  public record Everything() implements Reach {}

  /** Nothing at all. */
  public record Nothing() implements Reach {}

  /**
   * The institution's own data, reference data of no patient, and the whole record of every person
   * it has a care relationship with (an Encounter of its own).
   */
  public record RelatedTo(InstitutionId institution) implements Reach {}

  /**
   * A partner hub: laboratory results and reports, and what they refer to, as its agreement says.
   */
  public record AgreedCategories(Set<String> observationCategories) implements Reach {
    public AgreedCategories {
      observationCategories = Set.copyOf(observationCategories);
    }
  }

  /** No patient's data: organisations, practitioners, measures. */
  public record ReferenceDataOnly() implements Reach {}

  /**
   * The whole region's, of which nothing leaves but what a de-identification profile makes of it;
   * for bulk exports and aggregates alone, never for a read or a search.
   *
   * @param profile name of the profile ({@code rules/privacy})
   */
  public record Pseudonymised(String profile) implements Reach {}

  public ReadFilter {
    // Made for every request, and mostly of all types: a set of bits, not of 146 objects.
    var bits = EnumSet.noneOf(ResourceType.class);
    bits.addAll(types);
    types = Collections.unmodifiableSet(bits);
  }

  /** For the hub's own work. Never the answer to an outside caller. */
  public static ReadFilter everything() {
    return new ReadFilter(new Everything(), EnumSet.allOf(ResourceType.class));
  }

  public static ReadFilter nothing() {
    return new ReadFilter(new Nothing(), Set.of());
  }
}
