package io.yitong.hub.fhir;

import io.yitong.hub.fhir.Scopes.Criterion;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What a query may see. {@code access} makes it, {@code record} demands it on every query and
 * evaluates it inside the query, so that pages, totals and sorting are right.
 *
 * @param reach whose data
 * @param types the resource types the scopes let through; includes and chains are bound by it too
 * @param extents of the types of which the scopes open a part only: what belongs to any one of
 *     these
 */
public record ReadFilter(
    Reach reach, Set<ResourceType> types, Map<ResourceType, List<Extent>> extents) {

  /**
   * The part of a type that one scope opens.
   *
   * @param patient in whose record it has to be; empty for anybody's
   * @param criteria all of which it has to meet
   */
  public record Extent(Optional<String> patient, List<Criterion> criteria) {
    public Extent {
      criteria = List.copyOf(criteria);
    }
  }

  /** Whose data may be seen. */
  public sealed interface Reach {}

  /** All of the region's; for the hub's own work and for callers whose rules say so. */
  public record Everything() implements Reach {}

  /** Nothing at all. */
  public record Nothing() implements Reach {}

  /**
   * The record of every person whom the institution has in care or who consented, as far as they
   * did not forbid it; of sensitive categories what the person opened by name. Reference data of no
   * patient besides; for the institution's systems also all of its own data, for its clinicians its
   * own Patients only: whoever has none in care reads no record.
   *
   * @param clinician who reads, when it is a person ({@code sub} of the token); empty for a system
   * @param purpose code of HL7 v3 PurposeOfUse
   */
  public record RelatedTo(InstitutionId institution, Optional<String> clinician, String purpose)
      implements Reach {
    /** An institution's system, for treatment. */
    public RelatedTo(InstitutionId institution) {
      this(institution, Optional.empty(), "TREAT");
    }
  }

  /**
   * A partner hub: laboratory results and reports, and what they refer to, as its agreement says
   * and the patient does not forbid.
   *
   * @param institution for which the partner asks, when its token says so
   * @param purpose code of HL7 v3 PurposeOfUse
   */
  public record AgreedCategories(
      Set<String> observationCategories, Optional<InstitutionId> institution, String purpose)
      implements Reach {
    public AgreedCategories {
      observationCategories = Set.copyOf(observationCategories);
    }

    /** For treatment, at no institution in particular. */
    public AgreedCategories(Set<String> observationCategories) {
      this(observationCategories, Optional.empty(), "TREAT");
    }
  }

  /** No patient's data: organisations, practitioners, measures. */
  public record ReferenceDataOnly() implements Reach {}

  /**
   * What the hub itself tells those who watch over access: Communications that are no
   * institution's.
   */
  public record NoticesOfTheHub() implements Reach {}

  /**
   * A person's own record, at whichever institution.
   *
   * @param patient FHIR id of one of the person's Patients
   */
  public record OwnRecord(String patient) implements Reach {}

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
    extents = Map.copyOf(extents);
  }

  /** The types whole. */
  public ReadFilter(Reach reach, Set<ResourceType> types) {
    this(reach, types, Map.of());
  }

  /** For the hub's own work. Never the answer to an outside caller. */
  public static ReadFilter everything() {
    return new ReadFilter(new Everything(), EnumSet.allOf(ResourceType.class));
  }

  public static ReadFilter nothing() {
    return new ReadFilter(new Nothing(), Set.of());
  }
}
