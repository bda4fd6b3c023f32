package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.NormalisedText;
import io.yitong.hub.record.index.Places;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Condition.Worded;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import java.util.List;

/**
 * What is asked too seldom to be indexed, read from the stored JSON: the words of {@code _text} and
 * {@code _content} (FHIR R4, 3.1.1.4.2), of which the specification leaves the manner to the server
 * (here: every word occurs, whatever its case and accents), and {@code :text} of tokens. Other
 * criteria narrow first what is read; the time limit of a search bounds it otherwise.
 */
final class WordCondition {
  private static final String NARRATIVE =
      "normalised_text(regexp_replace(coalesce(content_text(ALIAS.content)::jsonb #>> '{text,div}', ''), '<[^>]*>', ' ', 'g'))";
  private static final String EVERYTHING =
      "normalised_text((select string_agg(v #>> '{}', ' ') from"
          + " jsonb_path_query(content_text(ALIAS.content)::jsonb, 'strict $.** ? (@.type() == \"string\")') v))";

  private WordCondition() {}

  static Sql of(Worded worded, String alias) {
    var text = (worded.everywhere() ? EVERYTHING : NARRATIVE).replace("ALIAS", alias);
    return Alternatives.of(worded.texts(), value -> allWords(text, value));
  }

  private static Sql allWords(String text, String value) {
    var words = NormalisedText.of(Values.unescaped(value)).split(" ", -1);
    return Alternatives.allOf(
        List.of(words).stream()
            .map(word -> Sql.of("coalesce(position(? in " + text + ") > 0, false)", word))
            .toList());
  }

  /** {@code :text}: CodeableConcept.text, Coding.display, Identifier.type.text begin so. */
  static Sql ofToken(Valued criterion, String alias) {
    return Alternatives.of(
        criterion.values(),
        value -> ofToken(criterion.parameter(), NormalisedText.of(Values.unescaped(value)), alias));
  }

  private static Sql ofToken(SearchParameter parameter, String text, String alias) {
    var paths =
        Places.jsonPaths(parameter).stream()
            .flatMap(
                path ->
                    List.of(".text", ".coding.display", ".display", ".type.text").stream()
                        .map(end -> path + end))
            .toList();
    return Alternatives.of(
        paths,
        path ->
            Sql.of(
                "exists (select 1 from jsonb_path_query(content_text("
                    + alias
                    + ".content)::jsonb, ?::jsonpath) v"
                    + " where starts_with(normalised_text(v #>> '{}'), ?))",
                path,
                text));
  }
}
