package io.yitong.hub.search;

import java.util.List;
import java.util.Set;

/**
 * A search parameter as the specification defines it.
 *
 * @param kind number, date, string, token, reference, composite, quantity, uri or special
 * @param expression FHIRPath
 * @param targets of a reference; empty for any
 * @param components of a composite
 */
public record Definition(
    String code, String kind, String expression, Set<String> targets, List<Component> components) {

  /**
   * A part of a composite.
   *
   * @param expression FHIRPath, from an element that the composite's expression selects
   * @param definition canonical URL of the parameter that says how the component is compared
   */
  public record Component(String expression, String definition) {}
}
