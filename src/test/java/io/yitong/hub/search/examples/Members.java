package io.yitong.hub.search.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The members of a JSON object, each as it is written, blanks between tokens aside. */
final class Members {
  private static final JsonFactory JSON = new JsonFactory();

  private static final Pattern CODED_UNIT =
      Pattern.compile(",\"system\":\"http://unitsofmeasure.org\",\"code\":\"[^\"]*\"");

  private Members() {}

  static Map<String, String> of(String object) {
    var members = new LinkedHashMap<String, String>();
    try (var parser = JSON.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        var start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        var end = (int) parser.currentLocation().getCharOffset();
        members.put(name, withoutLayout(object.substring(start, end)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }

  /** Blanks between tokens are nobody's content; all else stays, digits and escapes too. */
  private static String withoutLayout(String json) {
    var compact = new StringBuilder(json.length());
    var within = false;
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      if (within && c == '\\') {
        compact.append(c).append(json.charAt(++i));
      } else {
        within ^= c == '"';
        if (within || !Character.isWhitespace(c)) {
          compact.append(c);
        }
      }
    }
    return compact.toString();
  }

  /** All but what a server sets itself. */
  static Map<String, String> withoutIdAndMeta(String object) {
    var members = of(object);
    members.keySet().removeAll(java.util.Set.of("id", "meta"));
    return members;
  }

  /** The hub gives an institution's units a code of UCUM where they have none. */
  static String withoutCodedUnit(String after, String before) {
    var without = CODED_UNIT.matcher(after).replaceAll("");
    return without.equals(before) ? without : after;
  }
}
