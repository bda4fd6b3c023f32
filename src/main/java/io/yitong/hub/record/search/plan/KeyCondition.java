package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.search.plan.CodeSets.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ResourceType;

/** Criteria that are met by equality: tokens, references and URIs, as hashed keys. */
final class KeyCondition {
  private KeyCondition() {}

  /** The keys of which a match holds at least one; of {@code :not} and {@code :not-in} none. */
  static long[] keys(Valued criterion, Scope scope) {
    return criterion.values().stream()
        .flatMapToLong(
            value ->
                switch (criterion.parameter().kind()) {
                  case TOKEN -> tokens(criterion, value, scope);
                  case REFERENCE -> references(criterion, value, scope.hubBase());
                  default -> uris(criterion, value);
                })
        .distinct()
        .toArray();
  }

  private static LongStream tokens(Valued criterion, String value, Scope scope) {
    var parameter = criterion.parameter();
    var name = parameter.name();
    return switch (criterion.modifier().kind()) {
      case IN, NOT_IN -> codes(parameter, scope.codes().in(name, Values.unescaped(value)));
      case BELOW -> codes(parameter, scope.codes().below(name, code(value)));
      case ABOVE -> codes(parameter, scope.codes().above(name, code(value)));
      case OF_TYPE -> {
        var parts = Values.parts(value);
        yield LongStream.of(parameter.ofTypeKey(parts.get(0), parts.get(1), parts.get(2)));
      }
      default -> LongStream.of(token(parameter, value));
    };
  }

  private static LongStream codes(SearchParameter parameter, List<Code> codes) {
    return codes.stream()
        .mapToLong(
            code ->
                code.code().isEmpty()
                    ? parameter.systemKey(code.system())
                    : parameter.systemAndCodeKey(code.system(), code.code()));
  }

  private static Code code(String value) {
    var parts = Values.parts(value);
    return parts.size() == 1 ? new Code("", parts.get(0)) : new Code(parts.get(0), rest(parts));
  }

  /** {@code code}, {@code system|code}, {@code |code}, {@code system|}. */
  static long token(SearchParameter parameter, String value) {
    var parts = Values.parts(value);
    if (parts.size() == 1) {
      return parameter.codeKey(parts.get(0));
    }
    var code = rest(parts);
    return code.isEmpty()
        ? parameter.systemKey(parts.get(0))
        : parameter.systemAndCodeKey(parts.get(0), code);
  }

  static String rest(List<String> parts) {
    return String.join("|", parts.subList(1, parts.size()));
  }

  private static LongStream references(Valued criterion, String value, String hubBase) {
    var parameter = criterion.parameter();
    return switch (criterion.modifier().kind()) {
      case IDENTIFIER -> LongStream.of(token(parameter.ofIdentifier(), value));
      case TYPE -> {
        var literal = relative(Values.unescaped(value), hubBase);
        var target = criterion.modifier().target().orElseThrow().name();
        yield LongStream.of(
            parameter.literalKey(literal.indexOf('/') < 0 ? target + "/" + literal : literal));
      }
      default -> reference(parameter, value, hubBase);
    };
  }

  static LongStream reference(SearchParameter parameter, String value, String hubBase) {
    var literal = relative(Values.unescaped(value), hubBase);
    if (literal.indexOf('/') >= 0 || literal.indexOf(':') >= 0) {
      return LongStream.of(parameter.literalKey(literal));
    }
    return parameter.targets().isEmpty()
        ? LongStream.of(parameter.bareIdKey(literal))
        : parameter.targets().stream()
            .mapToLong(target -> parameter.literalKey(target + "/" + literal));
  }

  /** The addresses above are what the given one begins with, step by step (3.1.1.4.8). */
  private static LongStream uris(Valued criterion, String value) {
    var parameter = criterion.parameter();
    var uri = Values.unescaped(value);
    return switch (criterion.modifier().kind()) {
      case BELOW -> LongStream.of(parameter.belowKey(SearchParameter.withoutEnd(uri)));
      case ABOVE ->
          SearchParameter.steps(uri).stream()
              .flatMapToLong(
                  step ->
                      LongStream.of(parameter.literalKey(step), parameter.literalKey(step + "/")));
      default -> LongStream.of(parameter.literalKey(uri));
    };
  }

  /** The ids when every value can only mean a Patient of this hub; empty otherwise. */
  static Optional<List<String>> patientIds(Valued criterion, String hubBase) {
    var parameter = criterion.parameter();
    if (parameter.kind() != SearchParamType.REFERENCE) {
      return Optional.empty();
    }
    var onlyPatients = parameter.targets().equals(Set.of(ResourceType.Patient));
    switch (criterion.modifier().kind()) {
      case NONE -> {}
      case TYPE -> {
        if (!criterion.modifier().target().equals(Optional.of(ResourceType.Patient))) {
          return Optional.empty();
        }
        onlyPatients = true;
      }
      default -> {
        return Optional.empty();
      }
    }
    var ids = new ArrayList<String>();
    for (var value : criterion.values()) {
      var literal = relative(Values.unescaped(value), hubBase);
      var id = new IdType(literal);
      if (literal.startsWith("Patient/") && id.hasIdPart() && !id.hasVersionIdPart()) {
        ids.add(id.getIdPart());
      } else if (onlyPatients && literal.indexOf('/') < 0 && literal.indexOf(':') < 0) {
        ids.add(literal);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(ids);
  }

  /** An address of this hub is as good as the relative reference. */
  static String relative(String reference, String hubBase) {
    return reference.startsWith(hubBase) ? reference.substring(hubBase.length()) : reference;
  }
}
