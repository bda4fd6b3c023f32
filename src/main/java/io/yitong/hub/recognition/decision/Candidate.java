package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A result of the patient that might take the place of an ordered examination.
 *
 * @param collected when the specimen was taken; empty when nobody said
 * @param released when the laboratory gave it out
 * @param specimen empty when not stated; the LOINC code then speaks for itself
 */
public record Candidate(
    Source source,
    Loinc item,
    ResultValue value,
    Optional<ReferenceRange> range,
    Status status,
    Optional<Instant> collected,
    Optional<Instant> released,
    Optional<Laboratory> laboratory,
    Optional<SpecimenClass> specimen,
    Set<Flag> flags) {

  /**
   * Where it is kept.
   *
   * @param reference relative here, an absolute URL at a partner
   * @param agreementScope scope under which a partner's results count; empty for this hub's own
   */
  public record Source(String reference, Optional<String> agreementScope) {}

  /** The laboratory that performed it, which need not be the one that reported it. */
  public record Laboratory(InstitutionId id, String name) {
    /** Empty when {@code urn} is none of an institution. */
    public static Optional<Laboratory> named(String urn, String name) {
      try {
        return urn == null
            ? Optional.empty()
            : Optional.of(new Laboratory(new InstitutionId(urn), name));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /** Observation.status, as far as recognition goes. */
  public enum Status {
    /** final, amended or corrected. */
    FINAL,
    NOT_FINAL,
    /** cancelled or entered in error: no result at all. */
    VOID
  }

  /** What else was said about it. */
  public enum Flag {
    CRITICAL,
    /** Haemolysed, lipaemic, insufficient. */
    UNRELIABLE,
    POINT_OF_CARE,
    /** Its report carries a recognition mark; what counts is the register. */
    MARK_CLAIMED
  }

  public Candidate {
    flags = Set.copyOf(flags);
  }

  boolean is(Flag flag) {
    return flags.contains(flag);
  }

  /** When it came about, as well as is known. */
  Optional<Instant> when() {
    return collected.or(() -> released);
  }
}
