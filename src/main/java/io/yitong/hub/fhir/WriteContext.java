package io.yitong.hub.fhir;

import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.Scopes.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The circumstances of one write transaction.
 *
 * @param institution whose data this is; every resource written is owned by it. Empty for the hub's
 *     own resources
 * @param asOf when the sender says this was so (EVN-2, MSH-7); an older state never overwrites a
 *     newer one of the same owner. Empty for API writes, which are guarded by If-Match instead
 * @param source meta.source: the message or system the data came from, a URI
 * @param limits of what it may look for and change
 */
public record WriteContext(
    Caller caller,
    Optional<InstitutionId> institution,
    Optional<Instant> asOf,
    String source,
    Limits limits) {

  /** Beginning of the source of what a feed's message brought. */
  public static final String MESSAGE = "urn:yitong:message:";

  /**
   * @param findable what criteria may find, and chains in them lead through: a conditional write
   *     must not tell what a search would not
   * @param referable what references may lead to: else a write would tell whether an id exists that
   *     a read does not tell of
   * @param extents the parts of a type that may be created, updated and deleted, of the types that
   *     may not be as a whole
   */
  public record Limits(
      ReadFilter findable,
      ReadFilter referable,
      Map<Permission, Map<ResourceType, List<Extent>>> extents) {
    public Limits {
      extents = Map.copyOf(extents);
    }
  }

  /** By a feed or the hub: bound by whose data it is alone. */
  public WriteContext(
      Caller caller, Optional<InstitutionId> institution, Optional<Instant> asOf, String source) {
    this(caller, institution, asOf, source, ofOwner(caller, institution));
  }

  private static Limits ofOwner(Caller caller, Optional<InstitutionId> institution) {
    var referable =
        institution
            .filter(owner -> !caller.is(Role.HUB))
            .map(owner -> new ReadFilter(new RelatedTo(owner), ReadFilter.everything().types()))
            .orElseGet(ReadFilter::everything);
    return new Limits(referable, referable, Map.of());
  }

  public boolean ofMessage() {
    return source.startsWith(MESSAGE);
  }

  public CorrelationId correlation() {
    return caller.correlation();
  }
}
