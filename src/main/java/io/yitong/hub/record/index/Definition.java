package io.yitong.hub.record.index;

import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A search parameter defined at run time.
 *
 * @param name by which it is asked for, its SearchParameter.code
 * @param base the types it is of
 * @param expression FHIRPath; alternatives of other types are passed over
 * @param targets what a reference may lead to; empty for anything
 * @param generation another one makes what was indexed before another parameter's
 * @param complete whether every resource is indexed by it; until then it cannot be asked for
 */
public record Definition(
    String name,
    Set<ResourceType> base,
    SearchParamType kind,
    String expression,
    Set<ResourceType> targets,
    String generation,
    boolean complete) {
  public Definition {
    base = Set.copyOf(base);
    targets = Set.copyOf(targets);
  }
}
