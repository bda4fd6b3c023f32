package io.yitong.hub.record.search.criteria;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** The text of values: escapes, parts, numbers and dates (FHIR R4, 3.1.1.4). */
public final class Values {
  /** As much as a resource's own decimals may have. */
  private static final int LONGEST_NUMBER = 1000;

  /** A thousand figures behind the point, and an exponent of three. */
  private static final int GREATEST_SCALE = 2000;

  private static final String DATE = "yyyy-mm-ddThh:mm:ss+zz:zz";

  private Values() {}

  /** Parts at unescaped separators; escapes stay. */
  public static List<String> parted(String value, char separator) {
    var parts = new ArrayList<String>();
    var start = 0;
    for (var i = 0; i < value.length(); i++) {
      if (value.charAt(i) == '\\') {
        i++;
      } else if (value.charAt(i) == separator) {
        parts.add(value.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(value.substring(start));
    return parts;
  }

  /** Parts at unescaped bars, escapes undone. */
  public static List<String> parts(String value) {
    return parted(value, '|').stream().map(Values::unescaped).toList();
  }

  public static String unescaped(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    var text = new StringBuilder(value.length());
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() && "\\,$|".indexOf(value.charAt(i + 1)) >= 0) {
        i++;
      }
      text.append(value.charAt(i));
    }
    return text.toString();
  }

  public static DateRange date(String criterion, String value) {
    return DateRange.parse(PrefixedValue.of(value).value())
        .orElseThrow(() -> Refusal.value(criterion, value, DATE));
  }

  public static BigDecimal number(String criterion, String text, String value) {
    if (text.length() <= LONGEST_NUMBER) {
      try {
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) <= GREATEST_SCALE) {
          return number;
        }
      } catch (NumberFormatException e) {
        // answered below
      }
    }
    throw Refusal.value(criterion, value, "-1.5e3");
  }

  static boolean truth(String criterion, List<String> values) {
    var value = String.join(",", values);
    if (!value.equals("true") && !value.equals("false")) {
      throw Refusal.value(criterion, value, "true | false");
    }
    return value.equals("true");
  }

  /** Refuses what can be no value of the parameter. */
  static void check(
      String criterion, SearchParameter parameter, Modifier modifier, List<String> values) {
    for (var value : values) {
      if (value.isEmpty()) {
        throw Refusal.value(criterion, value, "-");
      }
      switch (parameter.kind()) {
        case DATE -> date(criterion, value);
        case NUMBER -> number(criterion, PrefixedValue.of(value).value(), value);
        case QUANTITY -> quantity(criterion, value);
        case TOKEN -> token(criterion, modifier, value);
        case COMPOSITE -> composite(criterion, parameter, value);
        default -> {}
      }
    }
  }

  private static void quantity(String criterion, String value) {
    var parts = parts(value);
    if (parts.size() != 1 && parts.size() != 3) {
      throw Refusal.value(criterion, value, "number|system|code");
    }
    number(criterion, PrefixedValue.of(parts.get(0)).value(), value);
  }

  private static void token(String criterion, Modifier modifier, String value) {
    var parts = parts(value).size();
    if (modifier.kind() == Kind.OF_TYPE && parts != 3) {
      throw Refusal.value(criterion, value, "system|code|value");
    }
    if (value.equals("|")) {
      throw Refusal.value(criterion, value, "system|code");
    }
  }

  /** What stands in the place of a part: {@code code$quantity}. */
  private static String form(SearchParameter component) {
    return component.kind() == SearchParamType.TOKEN ? "code" : component.kind().toCode();
  }

  private static void composite(String criterion, SearchParameter parameter, String value) {
    var parts = parted(value, '$');
    var components = parameter.components();
    if (parts.size() != components.size()) {
      throw Refusal.value(
          criterion, value, components.stream().map(Values::form).collect(Collectors.joining("$")));
    }
    for (var i = 0; i < parts.size(); i++) {
      check(criterion, components.get(i), Modifier.NONE, List.of(parts.get(i)));
    }
  }
}
