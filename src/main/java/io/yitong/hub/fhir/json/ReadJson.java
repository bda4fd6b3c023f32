package io.yitong.hub.fhir.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * Reads JSON with the place of every value. Names that come twice, invalid UTF-8, and nesting
 * beyond {@link #DEEPEST} are refused (RFC 8259; FHIR R4, 2.6.2).
 */
final class ReadJson {
  /** Nesting of objects and arrays; the deepest resources in use stay below a third of it. */
  private static final int DEEPEST = 150;

  /** Digits. */
  private static final int LONGEST_EXPONENT = 3;

  private static final int LONGEST_TOLD = 40;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(1000)
                  .maxNameLength(200)
                  .build())
          .build();

  private final JsonParser parser;

  private ReadJson(JsonParser parser) {
    this.parser = parser;
  }

  static Json.Obj read(byte[] bytes) {
    requireUtf8(bytes);
    try (var parser = JSON.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("{ … }");
      }
      var object = new ReadJson(parser).object();
      if (parser.nextToken() != null) {
        throw malformed("line " + parser.currentTokenLocation().getLineNr() + ": text after }");
      }
      return object;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw malformed(at == null ? why(e) : "line " + at.getLineNr() + ": " + why(e));
    } catch (IOException e) {
      // of a character that is no UTF-8: told without a location
      throw malformed(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      throw malformed(String.valueOf(e.getCause().getMessage()));
    }
  }

  /** The parser would guess at UTF-16 and UTF-32 (FHIR R4, 2.6.2: UTF-8 only). */
  private static void requireUtf8(byte[] bytes) {
    for (var i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0 || bytes[i] == (byte) 0xFE || bytes[i] == (byte) 0xFF) {
        throw malformed("UTF-8");
      }
    }
    if (!isAscii(bytes)) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        throw malformed("UTF-8");
      }
    }
  }

  /** Most is: what is not, is looked through, as the parser takes overlong forms. */
  private static boolean isAscii(byte[] bytes) {
    for (var b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static String why(JsonProcessingException e) {
    return e instanceof JsonParseException || e.getOriginalMessage() != null
        ? e.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  private Json.Obj object() throws IOException {
    var start = tokenStart();
    var members = new Json.Members();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var nameStart = tokenStart();
      var name = parser.currentName();
      parser.nextToken();
      if (!members.add(new Json.Member(name, value(), nameStart))) {
        throw malformed(
            "line " + parser.currentTokenLocation().getLineNr() + ": \"" + name + "\" twice");
      }
    }
    return new Json.Obj(members.all(), start, position());
  }

  private Json value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> scalar(Json.Kind.STRING);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Json.Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Json.Kind.BOOLEAN);
      default -> scalar(Json.Kind.NULL);
    };
  }

  private Json.Array array() throws IOException {
    var start = tokenStart();
    var items = new ArrayList<Json>(4);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value());
    }
    return new Json.Array(items, start, position());
  }

  private Json.Scalar scalar(Json.Kind kind) throws IOException {
    var start = tokenStart();
    var text = parser.getText();
    if (kind == Json.Kind.STRING && !isUnicode(text)) {
      throw malformed("line " + parser.currentTokenLocation().getLineNr() + ": half a character");
    }
    if (kind == Json.Kind.NUMBER && isBeyondReason(text)) {
      throw malformed("line " + parser.currentTokenLocation().getLineNr() + ": " + cut(text));
    }
    return new Json.Scalar(kind, text, start, position());
  }

  /** A number of so many digits in a few characters that to reckon with it takes minutes. */
  private static boolean isBeyondReason(String number) {
    for (var i = 0; i < number.length(); i++) {
      if (number.charAt(i) == 'e' || number.charAt(i) == 'E') {
        return number.length() - i > LONGEST_EXPONENT + 2;
      }
    }
    return false;
  }

  private static String cut(String number) {
    return number.length() <= LONGEST_TOLD ? number : number.substring(0, LONGEST_TOLD) + "…";
  }

  /** An escaped surrogate without its other half is no character (RFC 8259, 8.2). */
  private static boolean isUnicode(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private int tokenStart() {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private int position() {
    return (int) parser.currentLocation().getByteOffset();
  }

  private static HubException malformed(String why) {
    return new HubException(ErrorCode.RESOURCE_MALFORMED, "", why);
  }
}
