package io.yitong.hub.record.index;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * Finds the parameters whose values others have already: of an Observation combo-code is code and
 * component-code, and phonetic of a Patient is name. They are answered by those, and no resource
 * carries their entries twice.
 */
final class SameAs {
  private static final Set<SearchParamType> KINDS =
      EnumSet.of(
          SearchParamType.TOKEN,
          SearchParamType.STRING,
          SearchParamType.REFERENCE,
          SearchParamType.URI,
          SearchParamType.DATE,
          SearchParamType.NUMBER,
          SearchParamType.QUANTITY);

  private SameAs() {}

  static Map<String, SearchParameter> mark(Map<String, SearchParameter> byName) {
    var marked = new TreeMap<String, SearchParameter>();
    byName.forEach((name, parameter) -> marked.put(name, parameter.with(same(parameter, byName))));
    return marked;
  }

  private static List<SearchParameter> same(
      SearchParameter parameter, Map<String, SearchParameter> byName) {
    var paths = paths(parameter);
    var missing = new HashSet<>(paths);
    var same = new ArrayList<SearchParameter>();
    for (var other : byName.values()) {
      if (isComparable(parameter, other)
          && paths.containsAll(paths(other))
          && comesFirst(other, parameter)
          && missing.removeAll(paths(other))) {
        same.add(other);
      }
    }
    return missing.isEmpty() && same.stream().noneMatch(other -> isItself(other, byName))
        ? same
        : List.of();
  }

  /** Whether a parameter is answered by others in its turn. */
  private static boolean isItself(SearchParameter other, Map<String, SearchParameter> byName) {
    return !same(other, byName).isEmpty();
  }

  private static boolean isComparable(SearchParameter parameter, SearchParameter other) {
    return KINDS.contains(parameter.kind())
        && parameter.kind() == other.kind()
        && parameter.targets().equals(other.targets());
  }

  /** Of two with the same paths the first in the alphabet has the entries. */
  private static boolean comesFirst(SearchParameter other, SearchParameter parameter) {
    return paths(other).size() < paths(parameter).size()
        || (paths(other).equals(paths(parameter)) && other.name().compareTo(parameter.name()) < 0);
  }

  private static Set<ElementPath> paths(SearchParameter parameter) {
    return new HashSet<>(parameter.path().parts());
  }
}
