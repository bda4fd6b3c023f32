package io.yitong.hub.fhir.json;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Property;

/**
 * Gives the decimals of a model the text they were sent in: {@code 1E-22} and {@code -0} are kept
 * as they are written (FHIR R4, 2.24.0.1), and the model library's parser writes them out.
 */
public final class RestoreDecimals {
  private static final String CHOICE = "[x]";

  private RestoreDecimals() {}

  /**
   * @param json what the model was parsed from
   */
  public static void in(Base model, byte[] json) {
    if (mayChange(json)) {
      object(model, ReadJson.read(json));
    }
  }

  /** Whether there may be a number that the library writes otherwise; nearly never. */
  private static boolean mayChange(byte[] json) {
    var quoted = false;
    for (var i = 1; i < json.length - 1; i++) {
      var b = json[i];
      if (quoted && b == '\\') {
        i++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (!quoted
          && (isExponent(b) && isDigit(json[i - 1]) || b == '0' && json[i - 1] == '-')) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExponent(byte b) {
    return b == 'e' || b == 'E';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static void object(Base model, Json.Obj json) {
    for (var member : json.members()) {
      for (var property : model.children()) {
        if (isOf(property, member.name())) {
          values(property.getValues(), member.value());
        }
      }
    }
  }

  private static boolean isOf(Property property, String name) {
    var own = property.getName();
    return own.endsWith(CHOICE)
        ? name.startsWith(own.substring(0, own.length() - CHOICE.length()))
        : own.equals(name);
  }

  private static void values(List<Base> values, Json json) {
    var sent = json instanceof Json.Array array ? array.items() : List.of(json);
    for (var i = 0; i < sent.size() && sent.size() == values.size(); i++) {
      value(values.get(i), sent.get(i));
    }
  }

  private static void value(Base value, Json json) {
    if (json instanceof Json.Obj object) {
      object(value, object);
    } else if (json instanceof Json.Scalar number
        && number.kind() == Json.Kind.NUMBER
        && value instanceof DecimalType decimal
        && decimal.getValue().compareTo(new BigDecimal(number.text())) == 0) {
      decimal.setValueAsString(number.text());
    }
  }
}
