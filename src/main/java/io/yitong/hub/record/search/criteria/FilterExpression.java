package io.yitong.hub.record.search.criteria;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code _filter} (FHIR R4, 3.1.3): comparisons joined by {@code and} and {@code or} from left to
 * right, neither before the other, as the specification has it; brackets and {@code not(…)} group.
 */
final class FilterExpression {
  private static final String NAME = "_filter";
  private static final int DEEPEST = 20;

  /** Comparisons; each lies within the next, as PostgreSQL is told it. */
  private static final int MOST = 200;

  private final String text;
  private int at;
  private int depth;
  private int comparisons;

  private FilterExpression(String text) {
    this.text = text;
  }

  static Condition read(ResourceType type, String text) {
    var reader = new FilterExpression(text);
    var condition = reader.filter(type);
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.misread("and | or");
    }
    return condition;
  }

  private Condition filter(ResourceType type) {
    if (++depth > DEEPEST) {
      throw new HubException(ErrorCode.SEARCH_TOO_COMPLEX, NAME, NAME, DEEPEST);
    }
    var condition = term(type);
    while (true) {
      if (takesWord("and")) {
        condition = new All(List.of(condition, term(type)));
      } else if (takesWord("or")) {
        condition = new Any(List.of(condition, term(type)));
      } else {
        depth--;
        return condition;
      }
    }
  }

  private Condition term(ResourceType type) {
    blanks();
    if (takes("(")) {
      var inner = filter(type);
      expect(")");
      return inner;
    }
    var start = at;
    if (takesWord("not")) {
      blanks();
      if (takes("(")) {
        var inner = filter(type);
        expect(")");
        return new Not(inner);
      }
      at = start;
    }
    return comparison(type);
  }

  private Condition comparison(ResourceType type) {
    if (++comparisons > MOST) {
      throw new HubException(ErrorCode.SEARCH_TOO_COMPLEX, NAME, NAME, MOST);
    }
    var steps = new ArrayList<FilterPath.Step>();
    do {
      var name = name();
      steps.add(new FilterPath.Step(name, takes("[") ? bracketed() : Optional.empty()));
    } while (takes("."));
    return new FilterPath(type, steps).compare(word(), value());
  }

  /** The filter up to the closing bracket, as text: it is read for every type it may be about. */
  private Optional<String> bracketed() {
    var start = at;
    var open = 1;
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '"') {
        quoted();
      } else if (c == '[') {
        open++;
      } else if (c == ']' && --open == 0) {
        return Optional.of(text.substring(start, at - 1));
      }
    }
    throw misread("]");
  }

  private String name() {
    blanks();
    var start = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw misread("parameter");
    }
    return text.substring(start, at);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private String word() {
    blanks();
    var start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String value() {
    blanks();
    if (takes("\"")) {
      return quoted();
    }
    var start = at;
    while (at < text.length() && " )]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw misread("value");
    }
    return text.substring(start, at);
  }

  /** A JSON string; only the escapes that a search value needs. */
  private String quoted() {
    var value = new StringBuilder();
    while (at < text.length()) {
      var c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c == '\\' && at < text.length() && "\"\\/".indexOf(text.charAt(at)) >= 0) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    throw misread("\"");
  }

  private boolean takesWord(String word) {
    blanks();
    var end = at + word.length();
    if (!text.startsWith(word, at) || (end < text.length() && isName(text.charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  private boolean takes(String token) {
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void expect(String token) {
    blanks();
    if (!takes(token)) {
      throw misread(token);
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private HubException misread(String expected) {
    var rest = text.substring(Math.min(at, text.length()));
    return Refusal.value(NAME, rest.isEmpty() ? text : rest, expected);
  }
}
