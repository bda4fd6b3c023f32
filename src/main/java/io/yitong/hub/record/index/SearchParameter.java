package io.yitong.hub.record.index;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One search parameter of one resource type, its path compiled.
 *
 * @param targets what a reference may lead to; empty for anything
 * @param single whether its path can yield at most one value
 * @param hash under which its keys are made
 * @param sameAs parameters that together find the same; it has no entries of its own then
 * @param composite of a composite, what it is made of
 */
public record SearchParameter(
    ResourceType type,
    String name,
    SearchParamType kind,
    ElementPath path,
    Set<ResourceType> targets,
    boolean single,
    long hash,
    List<SearchParameter> sameAs,
    Optional<Composite> composite) {

  private static final int MOST_STEPS = 20;

  /** Types of which a code is asked for without a patient: the hub's own questions. */
  private static final Set<ResourceType> ASKED_BY_CODE =
      EnumSet.of(
          ResourceType.Condition,
          ResourceType.DiagnosticReport,
          ResourceType.MedicationRequest,
          ResourceType.Observation,
          ResourceType.Procedure,
          ResourceType.ServiceRequest);

  static SearchParameter of(
      ResourceType type,
      String name,
      SearchParamType kind,
      ElementPath path,
      Set<ResourceType> targets) {
    return new SearchParameter(
        type,
        name,
        kind,
        path,
        targets,
        Places.isSingle(type, path),
        Keys.of(type.name() + "." + name),
        List.of(),
        Optional.empty());
  }

  SearchParameter with(Composite parts) {
    return new SearchParameter(
        type, name, kind, path, targets, single, hash, sameAs, Optional.of(parts));
  }

  SearchParameter with(List<SearchParameter> same) {
    return new SearchParameter(
        type, name, kind, path, targets, single, hash, List.copyOf(same), composite);
  }

  /**
   * Another generation of a parameter defined at run time: what the last one indexed is not its.
   */
  SearchParameter generation(String generation) {
    return new SearchParameter(
        type,
        name,
        kind,
        path,
        targets,
        single,
        Keys.of(type.name() + "." + name + "\u0001" + generation),
        sameAs,
        composite);
  }

  /** Of a composite, the parameters whose values it takes; empty otherwise. */
  public List<SearchParameter> components() {
    return composite.map(Composite::components).orElse(List.of());
  }

  /** The parameters under which its values are indexed: itself, or those that have them already. */
  public List<SearchParameter> entries() {
    return sameAs.isEmpty() ? List.of(this) : sameAs;
  }

  public boolean isReference() {
    return kind == SearchParamType.REFERENCE;
  }

  /** Whether its codes stand in {@code index_code} too, in the order of the main date. */
  public boolean ordered() {
    return kind == SearchParamType.TOKEN && name.equals("code") && ASKED_BY_CODE.contains(type);
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

  /** For {@code :below}: held by every address that begins with this one. */
  public long belowKey(String address) {
    return hash ^ Keys.of(Keys.below(address));
  }

  /** For {@code :of-type}. */
  public long ofTypeKey(String system, String code, String value) {
    return hash ^ Keys.of(Keys.ofType(system, code, value));
  }

  /** The parameter's {@code :identifier}: the logical identifier inside a reference. */
  public SearchParameter ofIdentifier() {
    return new SearchParameter(
        type,
        name + ":identifier",
        SearchParamType.TOKEN,
        path,
        targets,
        single,
        Keys.of(Long.toString(hash) + ":identifier"),
        List.of(),
        Optional.empty());
  }

  /** A canonical address without its version (FHIR R4, 2.24.0.12.1). */
  public static String withoutVersion(String canonical) {
    var bar = canonical.indexOf('|');
    return bar < 0 ? canonical : canonical.substring(0, bar);
  }

  /** What an address begins with, slash by slash, itself included; of a URN only itself. */
  public static List<String> steps(String uri) {
    var authority = uri.indexOf("://");
    if (authority < 0) {
      return List.of(uri);
    }
    var steps = new ArrayList<String>();
    var whole = withoutEnd(uri);
    for (var slash = whole.indexOf('/', authority + 3);
        slash > 0 && steps.size() < MOST_STEPS;
        slash = whole.indexOf('/', slash + 1)) {
      steps.add(whole.substring(0, slash));
    }
    steps.add(whole);
    return steps;
  }

  public static String withoutEnd(String uri) {
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
