package io.yitong.hub.terminology;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/** UCUM's grammar: atoms with exponents, annotations, {@code .}, {@code /} and brackets. */
final class UcumExpression {
  private final String text;
  private final Function<String, Optional<UnitSense>> atoms;
  private int at;
  private boolean wrong;

  private UcumExpression(String text, Function<String, Optional<UnitSense>> atoms) {
    this.text = text;
    this.atoms = atoms;
  }

  /**
   * @param atoms what a unit atom with its prefix means
   * @return empty when the text does not follow the grammar or names an unknown atom
   */
  static Optional<UnitSense> read(String text, Function<String, Optional<UnitSense>> atoms) {
    var expression = new UcumExpression(text, atoms);
    var sense = expression.terms();
    return expression.wrong || expression.at != text.length()
        ? Optional.empty()
        : Optional.of(sense);
  }

  private UnitSense terms() {
    var sense = UnitSense.ONE;
    var below = take('/');
    do {
      var component = component();
      sense = sense.times(below ? component.inverse() : component);
      below = peek() == '/';
    } while (!wrong && (take('/') || take('.')));
    return sense;
  }

  private UnitSense component() {
    if (take('(')) {
      var inner = terms();
      wrong |= !take(')');
      return inner;
    }
    if (peek() == '{') {
      return UnitSense.base(annotation());
    }
    var from = at;
    var atom = atom();
    if (atom.isEmpty()) {
      return refuse();
    }
    UnitSense sense;
    if (atom.chars().allMatch(c -> c >= '0' && c <= '9')) {
      sense = atom.length() > 9 ? refuse() : number(atom);
    } else {
      at = from + atom.length();
      sense = atoms.apply(atom).orElseGet(this::refuse).power(exponent());
    }
    return peek() == '{' ? annotated(sense) : sense;
  }

  /** FEU and DDU differ by a factor of two; other annotations behind a unit only describe. */
  private UnitSense annotated(UnitSense sense) {
    var annotation = annotation();
    return switch (annotation) {
      case "{FEU}", "{DDU}" -> sense.times(UnitSense.base(annotation));
      default -> sense;
    };
  }

  private UnitSense number(String digits) {
    var value = new BigDecimal(digits);
    return value.signum() == 0 ? refuse() : UnitSense.ONE.scaled(value);
  }

  private UnitSense refuse() {
    wrong = true;
    return UnitSense.ONE;
  }

  /** Up to what ends it; digits at its end are the exponent, unless it is all digits or 10*. */
  private String atom() {
    if (text.startsWith("10*", at) || text.startsWith("10^", at)) {
      at += 3;
      return text.substring(at - 3, at);
    }
    var from = at;
    var square = 0;
    while (at < text.length() && (square > 0 || "./(){}".indexOf(text.charAt(at)) < 0)) {
      square += text.charAt(at) == '[' ? 1 : text.charAt(at) == ']' ? -1 : 0;
      at++;
    }
    var end = at;
    while (end > from && digit(text.charAt(end - 1))) {
      end--;
    }
    if (end == from) {
      return text.substring(from, at);
    }
    if (end < at
        && end - 1 > from
        && (text.charAt(end - 1) == '-' || text.charAt(end - 1) == '+')) {
      end--;
    }
    return text.substring(from, end);
  }

  private int exponent() {
    var from = at;
    if (peek() == '-' || peek() == '+') {
      at++;
    }
    var digits = at;
    while (digit(peek())) {
      at++;
    }
    if (at == digits) {
      at = from;
      return 1;
    }
    return at - digits > 2 ? 1 : Integer.parseInt(text.substring(from, at));
  }

  private String annotation() {
    var end = text.indexOf('}', at);
    if (end < 0) {
      wrong = true;
      return "";
    }
    var annotation = text.substring(at, end + 1);
    at = end + 1;
    return annotation;
  }

  private boolean take(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
