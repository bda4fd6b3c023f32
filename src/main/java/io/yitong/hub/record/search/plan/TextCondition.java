package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.NormalisedText;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;

/**
 * Strings: by their beginning, or {@code :contains}, both in normalised form (FHIR R4, 3.1.1.4.6).
 * A long text is entered by its first characters and compared whole.
 */
final class TextCondition {
  /** As much of a text as its index holds; the expression is the index's own. */
  private static final String INDEXED = "left(i.value, 200)";

  private static final int LENGTH = 200;
  private static final String LAST = Character.toString(0x10FFFF);

  private TextCondition() {}

  static Sql of(Valued criterion, String alias, String end) {
    return Sql.of(
            "exists (select 1 from index_text i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            criterion.parameter().code())
        .add(
            Alternatives.of(
                criterion.values(),
                value -> one(criterion, NormalisedText.of(Values.unescaped(value)))))
        .add(end);
  }

  private static Sql one(Valued criterion, String text) {
    return switch (criterion.modifier().kind()) {
      case CONTAINS -> Sql.of("position(? in i.value) > 0", text);
      case ENDS -> Sql.of("right(i.value, length(?)) = ?", text, text);
      case EQUALS -> Sql.of("(" + INDEXED + " = left(?, 200) and i.value = ?)", text, text);
      case DIFFERS -> Sql.of("i.value <> ?", text);
      default -> beginning(text);
    };
  }

  /** A range rather than LIKE: the index can serve it whatever the parameter's value. */
  private static Sql beginning(String text) {
    var characters = text.codePointCount(0, text.length());
    if (characters <= LENGTH) {
      return Sql.of("(" + INDEXED + " >= ? and " + INDEXED + " < ?)", text, text + LAST);
    }
    var start = text.substring(0, text.offsetByCodePoints(0, LENGTH));
    return Sql.of("(" + INDEXED + " = ? and starts_with(i.value, ?))", start, text);
  }
}
