package io.yitong.hub.record.search;

import io.yitong.hub.record.index.NormalisedText;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.sql.Sql;

/** Strings: by their beginning, or {@code :contains}, both in normalised form. */
final class TextCondition {
  private TextCondition() {}

  static Sql of(SearchParameter parameter, Criterion criterion, String alias) {
    var contains = criterion.modifier().equals("contains");
    if (!contains) {
      SearchPlan.refuseModifier(criterion);
    }
    var anyValue =
        SearchPlan.anyOf(
            criterion.values().stream()
                .map(KeyCondition::unescaped)
                .map(NormalisedText::of)
                .map(text -> contains ? containing(text) : beginning(text))
                .toList());
    return Sql.of(
            "exists (select 1 from index_text i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            parameter.code())
        .add(anyValue)
        .add(")");
  }

  /** A range rather than LIKE: the index can serve it whatever the parameter's value. */
  private static Sql beginning(String text) {
    return Sql.of("(i.value >= ? and i.value < ?)", text, text + Character.toString(0x10FFFF));
  }

  private static Sql containing(String text) {
    return Sql.of("position(? in i.value) > 0", text);
  }
}
