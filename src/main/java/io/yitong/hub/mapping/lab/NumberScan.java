package io.yitong.hub.mapping.lab;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;

/** Takes comparators, numbers and separators from the left of a text. */
final class NumberScan {
  private static final String SEPARATORS = "-–—−－~～至";

  private final String text;
  private int at;

  NumberScan(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  String rest() {
    return text.substring(at).strip();
  }

  Optional<QuantityComparator> comparator() {
    var c = peek(0);
    var equal = peek(1) == '=' || peek(1) == '＝';
    var found =
        switch (c) {
          case '<', '＜' -> equal ? QuantityComparator.LESS_OR_EQUAL : QuantityComparator.LESS_THAN;
          case '>', '＞' ->
              equal ? QuantityComparator.GREATER_OR_EQUAL : QuantityComparator.GREATER_THAN;
          case '≤', '≦' -> QuantityComparator.LESS_OR_EQUAL;
          case '≥', '≧' -> QuantityComparator.GREATER_OR_EQUAL;
          default -> null;
        };
    if (found == null) {
      return Optional.empty();
    }
    at += equal && c != '≤' && c != '≥' ? 2 : 1;
    blanks();
    return Optional.of(found);
  }

  /** A sign, digits, a decimal point or an exponent of ten; what cannot be one is left standing. */
  Optional<BigDecimal> number() {
    var from = at;
    if (peek(0) == '+' || peek(0) == '-') {
      at++;
    }
    var digits = digits();
    if (peek(0) == '.') {
      at++;
      digits += digits();
    }
    if (digits == 0 || digits > 24) {
      at = from;
      return Optional.empty();
    }
    exponent();
    return Optional.of(new BigDecimal(text.substring(from, at)));
  }

  /** Between the two ends of a range. */
  boolean separator() {
    blanks();
    if (atEnd() || SEPARATORS.indexOf(peek(0)) < 0) {
      return false;
    }
    at++;
    blanks();
    return true;
  }

  private int digits() {
    var from = at;
    while (peek(0) >= '0' && peek(0) <= '9') {
      at++;
    }
    return at - from;
  }

  private void exponent() {
    var from = at;
    if (peek(0) != 'e' && peek(0) != 'E') {
      return;
    }
    at++;
    if (peek(0) == '+' || peek(0) == '-') {
      at++;
    }
    var digits = digits();
    if (digits == 0 || digits > 2) {
      at = from;
    }
  }

  private void blanks() {
    while (peek(0) == ' ' || peek(0) == '\t') {
      at++;
    }
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }
}
