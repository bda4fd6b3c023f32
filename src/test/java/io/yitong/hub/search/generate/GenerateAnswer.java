package io.yitong.hub.search.generate;

import io.yitong.hub.search.Definition;
import io.yitong.hub.search.Definitions;
import io.yitong.hub.search.Query.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How the answer is wanted: its order, and what it brings besides. */
final class GenerateAnswer {
  /** Their order is said by the specification. */
  private static final Set<String> SORTED = Set.of("date", "string", "number");

  private static final List<String> TYPES =
      List.of("Observation", "Encounter", "DiagnosticReport", "Condition", "Provenance", "List");

  private final Dice dice;
  private final Set<Family> families;

  GenerateAnswer(Dice dice, Set<Family> families) {
    this.dice = dice;
    this.families = families;
  }

  List<Parameter> parameters(String type) {
    var parameters = new ArrayList<Parameter>();
    if (families.contains(Family.SORT) && dice.onceIn(4)) {
      sort(type).ifPresent(parameters::add);
    }
    if (families.contains(Family.INCLUDE) && dice.onceIn(5)) {
      include(type).ifPresent(parameters::add);
    }
    if (families.contains(Family.INCLUDE) && dice.onceIn(6)) {
      reverse(type).ifPresent(parameters::add);
    }
    if (families.contains(Family.INCLUDE_ALL) && dice.onceIn(20)) {
      parameters.add(new Parameter("_include", dice.one("*", type + ":*")));
    }
    if (families.contains(Family.INCLUDE_ITERATE) && !parameters.isEmpty() && dice.onceIn(2)) {
      iterate().forEach(parameters::add);
    }
    return parameters;
  }

  private java.util.Optional<Parameter> sort(String type) {
    var possible =
        Definitions.of(type).stream()
            .filter(definition -> SORTED.contains(definition.kind()))
            .filter(definition -> !definition.code().equals("phonetic"))
            .map(Definition::code)
            .toList();
    var codes = new ArrayList<>(possible);
    codes.add("_lastUpdated");
    codes.add("_id");
    var first = dice.one("", "-") + dice.one(codes);
    var second = dice.one("", "-") + dice.one(codes);
    return java.util.Optional.of(
        new Parameter("_sort", dice.onceIn(2) ? first : first + "," + second));
  }

  private java.util.Optional<Parameter> include(String type) {
    return reference(type).map(code -> new Parameter("_include", type + ":" + code));
  }

  private java.util.Optional<Parameter> reverse(String to) {
    var type = dice.one(TYPES);
    return Definitions.of(type).stream()
        .filter(definition -> definition.targets().contains(to))
        .findFirst()
        .map(definition -> new Parameter("_revinclude", type + ":" + definition.code()));
  }

  private List<Parameter> iterate() {
    return dice.one(
        List.of(
            List.of(
                new Parameter("_include:iterate", "PractitionerRole:practitioner"),
                new Parameter("_include:iterate", "PractitionerRole:organization")),
            List.of(new Parameter("_include:iterate", "Organization:partof")),
            List.of(new Parameter("_include:iterate", "Observation:has-member")),
            List.of(new Parameter("_revinclude:iterate", "Observation:encounter"))));
  }

  private java.util.Optional<String> reference(String type) {
    var codes =
        Definitions.of(type).stream()
            .filter(definition -> definition.kind().equals("reference"))
            .map(Definition::code)
            .toList();
    return codes.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(dice.one(codes));
  }
}
