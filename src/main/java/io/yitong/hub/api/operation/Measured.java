package io.yitong.hub.api.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.record.StoredResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An Observation as {@code $lastn} looks at it: what was measured and when, and nothing else of it
 * is read.
 *
 * @param codes {@code system|code} of each coding of Observation.code; of a code that is text only
 *     the text, led by a character no code may hold
 * @param effective empty when it does not say
 */
record Measured(StoredResource resource, List<String> codes, Optional<DateRange> effective) {
  private static final JsonFactory JSON = new JsonFactory();

  static Measured of(StoredResource resource) {
    var codes = new ArrayList<String>(2);
    Optional<DateRange> effective = Optional.empty();
    try (var parser = JSON.createParser(resource.json())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "code" -> readCode(parser, codes);
          case "effectiveDateTime", "effectiveInstant" ->
              effective = DateRange.parse(parser.getText());
          case "effectivePeriod" -> effective = readPeriod(parser);
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(resource.key() + " is stored as broken JSON", e);
    }
    return new Measured(resource, List.copyOf(codes), effective);
  }

  private static void readCode(JsonParser parser, List<String> codes) throws IOException {
    var text = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("coding")) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readCoding(parser).ifPresent(codes::add);
        }
      } else if (name.equals("text")) {
        text = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (codes.isEmpty()) {
      codes.add("\n" + text);
    }
  }

  private static Optional<String> readCoding(JsonParser parser) throws IOException {
    var system = "";
    var code = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "system" -> system = parser.getText();
        case "code" -> code = parser.getText();
        default -> parser.skipChildren();
      }
    }
    return code.isEmpty() ? Optional.empty() : Optional.of(system + "|" + code);
  }

  private static Optional<DateRange> readPeriod(JsonParser parser) throws IOException {
    Optional<DateRange> period = Optional.empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      if (name.equals("start") || name.equals("end")) {
        var end = DateRange.parse(parser.getText());
        period = period.isPresent() && end.isPresent() ? period.map(end.get()::union) : end;
      } else {
        parser.skipChildren();
      }
    }
    return period;
  }
}
