package io.yitong.hub.record.index;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/** Compiles what is defined at run time into the parameters of a type. */
final class RunTimeParameters {
  /** What has entries of its own by a path alone. */
  private static final Set<SearchParamType> KINDS =
      EnumSet.complementOf(
          EnumSet.of(SearchParamType.COMPOSITE, SearchParamType.SPECIAL, SearchParamType.NULL));

  private RunTimeParameters() {}

  /**
   * @return names of those that are not complete
   */
  static Set<String> addTo(
      Map<String, SearchParameter> byName, ResourceType type, Collection<Definition> definitions) {
    var building = new HashSet<String>();
    for (var definition : definitions) {
      if (!definition.base().contains(type)) {
        continue;
      }
      if (byName.put(definition.name(), parameter(type, definition)) != null) {
        throw refused(definition, definition.name(), "code");
      }
      if (!definition.complete()) {
        building.add(definition.name());
      }
    }
    return building;
  }

  private static SearchParameter parameter(ResourceType type, Definition definition) {
    if (!KINDS.contains(definition.kind())) {
      throw refused(definition, definition.kind().toCode(), "type");
    }
    return SearchParameter.of(
            type,
            definition.name(),
            definition.kind(),
            path(type, definition),
            definition.targets())
        .generation(definition.generation());
  }

  private static ElementPath path(ResourceType type, Definition definition) {
    return PathCompiler.compile(definition.expression(), type)
        .orElseThrow(() -> refused(definition, definition.expression(), "expression"));
  }

  private static HubException refused(Definition definition, String value, String element) {
    return new HubException(
        ErrorCode.PARAMETER_INVALID,
        "SearchParameter." + element,
        definition.name(),
        element + " = " + value);
  }
}
