package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.bulk.StoredTypes;
import io.yitong.hub.record.bulk.parameter.DefinedParameter.Wanted;
import io.yitong.hub.record.index.Definition;
import io.yitong.hub.record.index.JudgeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.SearchParameter;

/** Takes from a SearchParameter (FHIR R4) what it has the hub index, or says why it cannot. */
final class ReadSearchParameter {
  private ReadSearchParameter() {}

  /**
   * @return one for each type it is of; none when it is not active
   * @throws HubException SEARCH_PARAMETER_REFUSED
   */
  static List<Wanted> read(SearchParameter parameter) {
    if (parameter.getStatus() != PublicationStatus.ACTIVE) {
      return List.of();
    }
    if (parameter.hasComponent()) {
      throw refused("component", "composites are not built at run time");
    }
    if (!parameter.hasExpression()) {
      throw refused("expression", "expression is missing");
    }
    if (!parameter.hasCode() || !parameter.hasType()) {
      throw refused("code", "code or type is missing");
    }
    var targets = types(parameter.getTarget(), "target");
    var wanted = new ArrayList<Wanted>();
    for (var base : types(parameter.getBase(), "base")) {
      var one =
          new Wanted(
              base, parameter.getCode(), parameter.getType(), parameter.getExpression(), targets);
      judge(one);
      wanted.add(one);
    }
    return wanted;
  }

  private static void judge(Wanted wanted) {
    var definition =
        new Definition(
            wanted.code(),
            Set.of(wanted.base()),
            wanted.kind(),
            wanted.expression(),
            wanted.targets(),
            "",
            false);
    JudgeDefinition.objection(wanted.base(), definition)
        .ifPresent(
            why -> {
              throw refused(why.substring(0, why.indexOf(' ')), why);
            });
  }

  private static Set<ResourceType> types(List<CodeType> names, String element) {
    return names.stream()
        .map(
            name ->
                StoredTypes.named(name.getCode())
                    .orElseThrow(
                        () ->
                            refused(
                                element,
                                "%s = %s: no type that this hub stores"
                                    .formatted(element, name.getCode()))))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static HubException refused(String element, String why) {
    return new HubException(ErrorCode.SEARCH_PARAMETER_REFUSED, "SearchParameter." + element, why);
  }
}
