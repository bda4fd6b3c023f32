package io.yitong.hub.record.search;

import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ResourceType;

/** Criteria that are met by equality: tokens, references and URIs, as hashed keys. */
final class KeyCondition {
  private KeyCondition() {}

  /** The keys of which a match holds at least one. */
  static long[] keys(SearchParameter parameter, Criterion criterion, String hubBase) {
    return criterion.values().stream()
        .flatMapToLong(
            value ->
                switch (parameter.kind()) {
                  case TOKEN -> LongStream.of(token(parameter, criterion, value));
                  case REFERENCE -> reference(parameter, criterion, value, hubBase);
                  default -> LongStream.of(uri(parameter, criterion, value));
                })
        .toArray();
  }

  private static long token(SearchParameter parameter, Criterion criterion, String value) {
    if (!criterion.modifier().isEmpty() && !criterion.modifier().equals("not")) {
      throw SearchPlan.unknownModifier(criterion);
    }
    return token(parameter, value);
  }

  /** {@code code}, {@code system|code}, {@code |code}, {@code system|}. */
  private static long token(SearchParameter parameter, String value) {
    var parts = parts(value);
    if (parts.size() == 1) {
      return parameter.codeKey(parts.get(0));
    }
    var code = String.join("|", parts.subList(1, parts.size()));
    return code.isEmpty()
        ? parameter.systemKey(parts.get(0))
        : parameter.systemAndCodeKey(parts.get(0), code);
  }

  private static LongStream reference(
      SearchParameter parameter, Criterion criterion, String value, String hubBase) {
    if (criterion.modifier().equals("identifier")) {
      return LongStream.of(token(parameter.ofIdentifier(), value));
    }
    var literal = unescaped(relative(value, hubBase));
    if (!criterion.modifier().isEmpty()) {
      var target =
          parameter.targets().stream()
              .filter(type -> type.name().equals(criterion.modifier()))
              .findFirst()
              .orElseThrow(() -> SearchPlan.unknownModifier(criterion));
      return LongStream.of(
          parameter.literalKey(literal.indexOf('/') < 0 ? target + "/" + literal : literal));
    }
    if (literal.indexOf('/') >= 0 || literal.indexOf(':') >= 0) {
      return LongStream.of(parameter.literalKey(literal));
    }
    return parameter.targets().isEmpty()
        ? LongStream.of(parameter.bareIdKey(literal))
        : parameter.targets().stream()
            .mapToLong(target -> parameter.literalKey(target + "/" + literal));
  }

  private static long uri(SearchParameter parameter, Criterion criterion, String value) {
    SearchPlan.refuseModifier(criterion);
    return parameter.literalKey(unescaped(value));
  }

  /** The ids when every value can only mean a Patient of this hub; empty otherwise. */
  static Optional<List<String>> patientIds(
      SearchParameter parameter, Criterion criterion, String hubBase) {
    if (parameter.kind() != SearchParamType.REFERENCE
        || !(criterion.modifier().isEmpty() || criterion.modifier().equals("Patient"))) {
      return Optional.empty();
    }
    var onlyPatients =
        criterion.modifier().equals("Patient")
            || parameter.targets().equals(java.util.Set.of(ResourceType.Patient));
    var ids = new ArrayList<String>();
    for (var value : criterion.values()) {
      var literal = relative(value, hubBase);
      var id = new IdType(literal);
      if (literal.startsWith("Patient/") && id.hasIdPart()) {
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
  private static String relative(String reference, String hubBase) {
    return reference.startsWith(hubBase) ? reference.substring(hubBase.length()) : reference;
  }

  /** Parts at unescaped bars, escapes undone. */
  static List<String> parts(String value) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length()) {
        part.append(value.charAt(++i));
      } else if (c == '|') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  static String unescaped(String value) {
    return value.indexOf('\\') < 0 ? value : value.replaceAll("\\\\(.)", "$1");
  }
}
