package io.yitong.hub.record.search.criteria;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Has;
import io.yitong.hub.record.search.criteria.Condition.Ids;
import io.yitong.hub.record.search.criteria.Condition.Listed;
import io.yitong.hub.record.search.criteria.Condition.Missing;
import io.yitong.hub.record.search.criteria.Condition.Not;
import io.yitong.hub.record.search.criteria.Condition.Updated;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Condition.Worded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Understands one criterion of one resource type: chains (FHIR R4, 3.1.1.4.4) and reverse chains
 * (3.1.1.4.5) to any depth and within each other, modifiers, the parameters of every type.
 */
public final class ReadCriterion {
  /** Steps of one chain; no question asked of a record goes so far. */
  static final int DEEPEST = 10;

  /** Conditions one criterion may unfold into: a reference that may lead anywhere forks a chain. */
  private static final int MOST = 400;

  private final String written;
  private final List<String> values;
  private int conditions;

  private ReadCriterion(String written, List<String> values) {
    this.written = written;
    this.values = values;
  }

  /**
   * @param name with modifier and chain: {@code subject:Patient.name:exact}
   * @throws HubException for an unknown parameter or modifier, a chain too deep, an invalid value
   */
  public static Condition of(ResourceType type, String name, List<String> values) {
    return new ReadCriterion(name, values).read(type, name, 0);
  }

  private Condition read(ResourceType type, String path, int depth) {
    if (depth > DEEPEST || ++conditions > MOST) {
      throw new HubException(ErrorCode.SEARCH_TOO_COMPLEX, written, written, DEEPEST);
    }
    if (path.startsWith("_has:")) {
      return has(type, path, depth);
    }
    var dot = path.indexOf('.');
    var colon = path.indexOf(':');
    if (dot < 0 && colon < 0) {
      return plain(type, path, "");
    }
    if (dot < 0 || (colon >= 0 && colon < dot && isHas(path, colon, dot))) {
      return plain(type, path.substring(0, colon), path.substring(colon + 1));
    }
    if (colon < 0 || dot < colon) {
      return chain(type, path.substring(0, dot), "", path.substring(dot + 1), depth);
    }
    return chain(
        type,
        path.substring(0, colon),
        path.substring(colon + 1, dot),
        path.substring(dot + 1),
        depth);
  }

  /** A modifier is never followed by a chain; {@code subject:Patient} is. */
  private static boolean isHas(String path, int colon, int dot) {
    return Types.named(path.substring(colon + 1, dot)).isEmpty();
  }

  /** {@code _has:Observation:patient:code}. */
  private Condition has(ResourceType type, String path, int depth) {
    var parts = path.split(":", 4);
    if (parts.length < 4) {
      throw Refusal.unknown(written, type, path);
    }
    var source = Types.named(parts[1]).orElseThrow(() -> Refusal.unknown(written, type, path));
    var reference = reference(source, parts[2]);
    if (!reference.targets().isEmpty() && !reference.targets().contains(type)) {
      throw Refusal.unknown(written, type, path);
    }
    return new Has(reference, read(source, parts[3], depth + 1));
  }

  private Condition chain(ResourceType type, String name, String asked, String rest, int depth) {
    var reference = reference(type, name);
    var targets = new LinkedHashMap<ResourceType, Condition>();
    Optional<HubException> refusal = Optional.empty();
    for (var target : targets(reference)) {
      if (!asked.isEmpty() && !target.name().equals(asked)) {
        continue;
      }
      try {
        targets.put(target, read(target, rest, depth + 1));
      } catch (HubException e) {
        // A type that has no such parameter is passed over, unless none has it.
        if (!Refusal.isIgnorable(e)) {
          throw e;
        }
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
    if (targets.isEmpty()) {
      throw refusal
          .filter(e -> !asked.isEmpty() || reference.targets().size() == 1)
          .orElseGet(() -> Refusal.unknown(written, type, written));
    }
    return new Chain(reference, targets);
  }

  /** The types a reference may lead to, in one order. */
  static List<ResourceType> targets(SearchParameter reference) {
    return reference.targets().isEmpty()
        ? List.of(ResourceType.values())
        : reference.targets().stream().sorted().toList();
  }

  private SearchParameter reference(ResourceType type, String name) {
    return SearchParameters.of(type)
        .named(name)
        .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
        .orElseThrow(() -> Refusal.unknown(written, type, name));
  }

  private Condition plain(ResourceType type, String name, String modifier) {
    return switch (name) {
      case "_id" -> ids(modifier);
      case "_lastUpdated" -> {
        if (modifier.equals("missing")) {
          yield never();
        }
        refuse(name, modifier);
        values.forEach(value -> Values.date(written, value));
        yield new Updated(values);
      }
      case "_list" -> {
        refuse(name, modifier);
        yield new Listed(values.stream().map(this::list).toList());
      }
      case "_text", "_content" -> {
        refuse(name, modifier);
        yield new Worded(name.equals("_content"), values);
      }
      case "_filter" -> {
        refuse(name, modifier);
        yield FilterExpression.read(type, String.join(",", values));
      }
      default ->
          parameter(
              SearchParameters.of(type)
                  .named(name)
                  .orElseThrow(() -> Refusal.unknown(written, type, name)),
              modifier);
    };
  }

  private Condition ids(String modifier) {
    var ids = values.stream().map(Values::unescaped).toList();
    if (modifier.equals("not")) {
      return new Not(new Ids(ids));
    }
    if (modifier.equals("missing")) {
      return never();
    }
    refuse("_id", modifier);
    return new Ids(ids);
  }

  /** {@code :missing} of what every resource has. */
  private Condition never() {
    return Values.truth(written, values) ? new Any(List.of()) : new All(List.of());
  }

  /** A List of the hub; the specification's {@code $current-problems} and the like are not kept. */
  private String list(String value) {
    var id = value.startsWith("List/") ? value.substring(5) : value;
    if (!ResourceKey.isId(id)) {
      throw Refusal.value(written, value, "id of a List");
    }
    return id;
  }

  private Condition parameter(SearchParameter parameter, String suffix) {
    if (suffix.equals("missing")) {
      return new Missing(parameter, Values.truth(written, values));
    }
    var modifier =
        Modifier.read(suffix, parameter)
            .orElseThrow(() -> Refusal.modifier(written, parameter.name(), suffix));
    Values.check(written, parameter, modifier, values);
    return new Valued(parameter, modifier, values);
  }

  private void refuse(String name, String modifier) {
    if (!modifier.isEmpty()) {
      throw Refusal.modifier(written, name, modifier);
    }
  }
}
