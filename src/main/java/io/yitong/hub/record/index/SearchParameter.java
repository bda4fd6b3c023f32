package io.yitong.hub.record.index;

import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One search parameter of one resource type, its path compiled.
 *
 * @param targets what a reference may lead to; empty for anything
 * @param single whether its path can yield at most one value
 * @param hash under which its keys are made
 */
public record SearchParameter(
    ResourceType type,
    String name,
    SearchParamType kind,
    ElementPath path,
    Set<ResourceType> targets,
    boolean single,
    long hash) {

  static SearchParameter of(
      ResourceType type,
      String name,
      SearchParamType kind,
      ElementPath path,
      Set<ResourceType> targets,
      boolean single) {
    return new SearchParameter(
        type, name, kind, path, targets, single, Keys.of(type.name() + "." + name));
  }

  /** Number in the index tables of dates, texts and quantities. */
  public int code() {
    return (int) (hash >>> 32);
  }

  public long codeKey(String code) {
    return hash ^ Keys.of(Keys.code(code));
  }

  /**
   * @param system empty for a code without a system
   */
  public long systemAndCodeKey(String system, String code) {
    return hash ^ Keys.of(Keys.systemAndCode(system, code));
  }

  public long systemKey(String system) {
    return hash ^ Keys.of(Keys.system(system));
  }

  /** Held by every resource that has a value for the parameter. */
  public long presentKey() {
    return hash ^ Keys.of(Keys.present());
  }

  /** A reference {@code Type/id}, an absolute one, or a URI. */
  public long literalKey(String literal) {
    return hash ^ Keys.of(literal);
  }

  /** For a reference that may lead anywhere, asked for by the bare id. */
  public long bareIdKey(String id) {
    return hash ^ Keys.of(Keys.bareId(id));
  }

  public long exactTextKey(String text) {
    return hash ^ Keys.of(Keys.exactText(text));
  }

  /** The parameter's {@code :identifier}: the logical identifier inside a reference. */
  public SearchParameter ofIdentifier() {
    return of(type, name + ":identifier", SearchParamType.TOKEN, path, targets, single);
  }
}
