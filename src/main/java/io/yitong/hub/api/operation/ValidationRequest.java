package io.yitong.hub.api.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was posted to {@code $validate}: a resource by itself, or Parameters with one in them. It is
 * not parsed as FHIR, since finding out whether it can be is what it was sent for.
 *
 * @param resource its text, with blanks for what stood before it so that lines are those of the
 *     body; empty when there is none
 * @param type its resourceType; empty when it has none
 * @param parameters name to value
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ValidationRequest(Optional<byte[]> resource, String type, Map<String, String> parameters) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @throws HubException RESOURCE_MALFORMED with line and column when the body is not JSON
   */
  static ValidationRequest of(byte[] body) {
    if (body.length == 0) {
      return new ValidationRequest(Optional.empty(), "", Map.of());
    }
    try {
      var type = typeOf(body);
      if (!type.equals("Parameters")) {
        return new ValidationRequest(Optional.of(body), type, Map.of());
      }
      return ofParameters(body);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new HubException(
          ErrorCode.RESOURCE_MALFORMED,
          "",
          e.getOriginalMessage()
              + (place == null
                  ? ""
                  : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id the resource gives itself. */
  Optional<String> id() {
    try {
      return resource.isPresent() ? member(resource.get(), "id") : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("read once before", e);
    }
  }

  private static String typeOf(byte[] body) throws IOException {
    return member(body, "resourceType").orElse("");
  }

  /** Reads to the end, so that broken JSON is told as such. */
  private static Optional<String> member(byte[] body, String name) throws IOException {
    Optional<String> value = Optional.empty();
    try (var parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", "{ … }");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var isIt = parser.currentName().equals(name);
        if (parser.nextToken().isScalarValue() && isIt) {
          value = Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
    }
    return value;
  }

  private static ValidationRequest ofParameters(byte[] body) throws IOException {
    var parameters = new HashMap<String, String>();
    var found = new Found();
    try (var parser = JSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var isParameter = parser.currentName().equals("parameter");
        parser.nextToken();
        if (isParameter) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            parameter(parser, parameters, found);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    if (found.end == 0) {
      return new ValidationRequest(Optional.empty(), "", Map.copyOf(parameters));
    }
    var resource = blankedBefore(body, found.start, found.end);
    return new ValidationRequest(Optional.of(resource), typeOf(resource), Map.copyOf(parameters));
  }

  /** Where in the body the resource stands. */
  private static final class Found {
    private int start;
    private int end;
  }

  private static void parameter(JsonParser parser, Map<String, String> parameters, Found found)
      throws IOException {
    var name = "";
    var value = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var member = parser.currentName();
      var token = parser.nextToken();
      if (member.equals("resource") && token == JsonToken.START_OBJECT) {
        found.start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        found.end = (int) parser.currentLocation().getByteOffset();
      } else if (member.equals("name")) {
        name = parser.getText();
      } else if (member.startsWith("value") && token.isScalarValue()) {
        value = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (!name.equals("resource")) {
      parameters.put(name, value);
    }
  }

  private static byte[] blankedBefore(byte[] body, int start, int end) {
    var text = new byte[end];
    for (var i = 0; i < start; i++) {
      text[i] = body[i] == '\n' ? (byte) '\n' : (byte) ' ';
    }
    System.arraycopy(body, start, text, start, end - start);
    return text;
  }
}
