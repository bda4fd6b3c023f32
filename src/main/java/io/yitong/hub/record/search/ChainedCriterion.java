package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A criterion on what a reference leads to, one step away: {@code patient.identifier}, {@code
 * subject:Patient.name} (FHIR R4, 3.1.1.5).
 *
 * @param targets the types looked into
 * @param inner the criterion they must meet
 */
record ChainedCriterion(SearchParameter reference, List<ResourceType> targets, Criterion inner) {
  static boolean isChain(Criterion criterion) {
    return criterion.name().indexOf('.') > 0 || criterion.modifier().indexOf('.') > 0;
  }

  static ChainedCriterion of(Criterion criterion, SearchParameters parameters) {
    var inName = criterion.name().indexOf('.');
    var inModifier = criterion.modifier().indexOf('.');
    var name = inName > 0 ? criterion.name().substring(0, inName) : criterion.name();
    var rest =
        inName > 0
            ? criterion.name().substring(inName + 1)
            : criterion.modifier().substring(inModifier + 1);
    var modifierOfRest = inName > 0 ? criterion.modifier() : "";
    var colon = rest.indexOf(':');
    if (colon > 0) {
      modifierOfRest = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    var reference =
        parameters
            .named(name)
            .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
            .orElseThrow(() -> unknown(criterion, parameters));
    var inner = new Criterion(rest, modifierOfRest, criterion.values());
    if (isChain(inner)) {
      throw unknown(criterion, parameters);
    }
    var targets =
        targets(reference, inName > 0 ? "" : criterion.modifier().substring(0, inModifier), rest);
    if (targets.isEmpty()) {
      throw unknown(criterion, parameters);
    }
    return new ChainedCriterion(reference, targets, inner);
  }

  private static List<ResourceType> targets(
      SearchParameter reference, String asked, String parameter) {
    var possible =
        reference.targets().isEmpty()
            ? Stream.of(ResourceType.values())
            : reference.targets().stream().sorted();
    return possible
        .filter(type -> asked.isEmpty() || type.name().equals(asked))
        .filter(
            type ->
                parameter.equals("_id")
                    || parameter.equals("_lastUpdated")
                    || SearchParameters.of(type).named(parameter).isPresent())
        .toList();
  }

  private static HubException unknown(Criterion criterion, SearchParameters parameters) {
    var written =
        criterion.modifier().isEmpty()
            ? criterion.name()
            : criterion.name() + ":" + criterion.modifier();
    return new HubException(
        ErrorCode.SEARCH_PARAMETER_UNKNOWN, written, parameters.type().name(), written);
  }
}
