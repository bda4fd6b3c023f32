package io.yitong.hub.search;

import java.util.Set;
import java.util.function.BiPredicate;

/** {@code _filter} (FHIR R4, 3.1.3): a recursive descent over its grammar. */
final class FilterExpression {
  private static final Set<String> ORDERED = Set.of("gt", "lt", "ge", "le", "sa", "eb", "ap", "ne");

  private final BiPredicate<Held, Matching> test;

  private FilterExpression(BiPredicate<Held, Matching> test) {
    this.test = test;
  }

  boolean match(Held held, Matching matching) {
    return test.test(held, matching);
  }

  static FilterExpression parse(String text) {
    var reader = new Reader(text);
    var expression = reader.disjunction();
    if (reader.position < text.length()) {
      throw new IllegalArgumentException(text.substring(reader.position));
    }
    return new FilterExpression(expression);
  }

  private static final class Reader {
    private final String text;
    private int position;

    Reader(String text) {
      this.text = text;
    }

    BiPredicate<Held, Matching> disjunction() {
      var left = conjunction();
      while (takes("or ")) {
        left = left.or(conjunction());
      }
      return left;
    }

    private BiPredicate<Held, Matching> conjunction() {
      var left = term();
      while (takes("and ")) {
        left = left.and(term());
      }
      return left;
    }

    private BiPredicate<Held, Matching> term() {
      if (takes("not")) {
        return term().negate();
      }
      if (takes("(")) {
        var inside = disjunction();
        require(")");
        return inside;
      }
      var path = word();
      var operator = word();
      return comparison(path, operator, value());
    }

    private boolean takes(String word) {
      while (position < text.length() && text.charAt(position) == ' ') {
        position++;
      }
      var found =
          text.startsWith(word, position)
              && (!word.equals("not")
                  || text.substring(position + 3).stripLeading().startsWith("("));
      position += found ? word.length() : 0;
      return found;
    }

    private void require(String word) {
      if (!takes(word)) {
        throw new IllegalArgumentException("%s expected at %d: %s".formatted(word, position, text));
      }
    }

    private String word() {
      takes(" ");
      var end = text.indexOf(' ', position);
      var word = text.substring(position, end);
      position = end + 1;
      return word;
    }

    private String value() {
      if (takes("\"")) {
        var end = text.indexOf('"', position);
        var value = text.substring(position, end);
        position = end + 1;
        return value;
      }
      var start = position;
      while (position < text.length() && " )".indexOf(text.charAt(position)) < 0) {
        position++;
      }
      return text.substring(start, position);
    }
  }

  private static BiPredicate<Held, Matching> comparison(
      String path, String operator, String value) {
    return (held, matching) ->
        switch (operator) {
          case "pr" ->
              matching.match(held, path + ":missing", value.equals("true") ? "false" : "true");
          case "co" -> matching.match(held, path + ":contains", Syntax.escaped(value));
          case "sw" -> matching.match(held, path, Syntax.escaped(value));
          case "eq", "re" -> matching.match(held, path, value);
          default -> ordered(path, operator, value, held, matching);
        };
  }

  private static boolean ordered(
      String path, String operator, String value, Held held, Matching matching) {
    if (!ORDERED.contains(operator)) {
      throw new IllegalArgumentException(operator);
    }
    return matching.match(held, path, operator + value);
  }
}
