package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.record.index.Definition;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A row of the registry: one parameter of one type.
 *
 * @param id the generation of its index entries
 * @param resource whose SearchParameter defines it
 * @param job that indexes or removes it
 * @param progress of that job, in words
 */
record DefinedParameter(
    long id, String resource, Wanted wanted, State state, UUID job, String progress) {

  enum State {
    INDEXING,
    ACTIVE,
    DROPPING
  }

  /** What is asked for. */
  record Wanted(
      ResourceType base,
      String code,
      SearchParamType kind,
      String expression,
      Set<ResourceType> targets) {
    Wanted {
      targets = Set.copyOf(targets);
    }
  }

  Definition definition() {
    return new Definition(
        wanted.code(),
        Set.of(wanted.base()),
        wanted.kind(),
        wanted.expression(),
        wanted.targets(),
        Long.toString(id),
        state == State.ACTIVE);
  }
}
