package io.yitong.hub.fhir.json;

import java.util.Map;
import java.util.Set;

/**
 * One place for elements within a type, as JSON names it: each type of a choice is a place of its
 * own.
 *
 * @param name as FHIRPath has it: {@code value}
 * @param jsonName {@code valueQuantity}
 * @param type never looked into by the constructor: types contain themselves
 * @param required whether there must be one (of a choice: of any of its types)
 * @param repeats whether it is an array
 * @param summary whether it belongs to {@code _summary=true}
 * @param modifier whether it changes the meaning of its parent
 * @param codes of a required binding, with their code systems; empty when there is none
 * @param targets the resource types a reference may lead to; empty for any
 */
public record ChildDefinition(
    String name,
    String jsonName,
    TypeDefinition type,
    boolean required,
    boolean repeats,
    boolean summary,
    boolean modifier,
    Map<String, String> codes,
    Set<String> targets) {

  /** The place of a resource that stands by itself. */
  static ChildDefinition root(TypeDefinition type) {
    return new ChildDefinition("", "", type, true, false, true, false, Map.of(), Set.of());
  }

  boolean isChoice() {
    return !name.equals(jsonName);
  }
}
