package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Has;
import io.yitong.hub.record.search.criteria.Condition.Ids;
import io.yitong.hub.record.search.criteria.Condition.Listed;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Condition.Within;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import java.util.Arrays;

/** Which conditions leave few rows, so that a search may start from them. */
final class Selectivity {
  /** A name asked for by fewer letters is met by too many. */
  private static final int LEAST_LETTERS = 2;

  private Selectivity() {}

  static boolean isSelective(Condition condition, Scope scope) {
    if (condition instanceof Ids || condition instanceof Listed || condition instanceof Within) {
      return true;
    }
    if (condition instanceof All all) {
      return all.parts().stream().anyMatch(part -> isSelective(part, scope));
    }
    if (condition instanceof Any any) {
      return any.parts().stream().allMatch(part -> isSelective(part, scope));
    }
    if (condition instanceof Chain chain) {
      return chain.targets().values().stream().allMatch(target -> isSelective(target, scope));
    }
    if (condition instanceof Has has) {
      return isSelective(has.source(), scope);
    }
    return condition instanceof Valued valued && isSelective(valued, scope);
  }

  /** Whether it leaves fewer rows than a code does. */
  static boolean isMoreThanACode(Condition condition, Scope scope) {
    if (condition instanceof Valued valued) {
      return valued.parameter().name().equals("identifier")
          || valued.parameter().isReference()
              && valued.modifier().kind() != Kind.BELOW
              && isSelective(valued, scope);
    }
    if (condition instanceof All all) {
      return all.parts().stream().anyMatch(part -> isMoreThanACode(part, scope));
    }
    if (condition instanceof Chain chain) {
      return chain.targets().values().stream().allMatch(target -> isMoreThanACode(target, scope));
    }
    if (condition instanceof Has has) {
      return isMoreThanACode(has.source(), scope);
    }
    return condition instanceof Ids || condition instanceof Listed;
  }

  private static boolean isSelective(Valued valued, Scope scope) {
    var kind = valued.modifier().kind();
    return switch (valued.parameter().kind()) {
      case TOKEN, REFERENCE, URI ->
          !RowCondition.isNegative(valued) && kind != Kind.TEXT && hasRareKeys(valued, scope);
      case STRING ->
          (kind == Kind.NONE || kind == Kind.EXACT || kind == Kind.EQUALS)
              && valued.values().stream().allMatch(value -> value.length() >= LEAST_LETTERS);
      case QUANTITY, NUMBER, DATE, NULL -> false;
      case SPECIAL -> true;
      case COMPOSITE ->
          !valued.parameter().composite().orElseThrow().groups().isEmpty()
              && valued.parameter().composite().orElseThrow().ofResource().isEmpty();
    };
  }

  private static boolean hasRareKeys(Valued valued, Scope scope) {
    if (valued.parameter().isReference()
        && (valued.modifier().kind() == Kind.BELOW || valued.modifier().kind() == Kind.ABOVE)) {
      return true;
    }
    return valued.parameter().entries().stream()
        .map(valued::with)
        .flatMapToLong(entry -> Arrays.stream(KeyCondition.keys(entry, scope)))
        .noneMatch(scope.frequencies()::isCommon);
  }
}
