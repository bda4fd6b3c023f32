package io.yitong.hub.api.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.yitong.hub.api.answer.View.Summary;
import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.TypeDefinition;
import io.yitong.hub.record.StoredResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Copies the tokens of a stored resource that a {@link View} keeps, and marks it SUBSETTED. */
final class Subset {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

  private final View view;
  private final JsonParser in;
  private final JsonGenerator out;

  private Subset(View view, JsonParser in, JsonGenerator out) {
    this.view = view;
    this.in = in;
    this.out = out;
  }

  static byte[] of(View view, StoredResource resource) {
    var bytes = new ByteArrayOutputStream(resource.json().length);
    try (var in = JSON.createParser(resource.json());
        var out = JSON.createGenerator(bytes)) {
      in.nextToken();
      new Subset(view, in, out)
          .resource(TypeDefinition.ofResource(resource.type().name()).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void resource(TypeDefinition type) throws IOException {
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var name = in.currentName();
      in.nextToken();
      if (name.equals("resourceType")) {
        copy(name);
      } else if (name.equals("meta")) {
        out.writeFieldName(name);
        meta();
      } else {
        member(name, type);
      }
    }
    out.writeEndObject();
  }

  private void member(String name, TypeDefinition type) throws IOException {
    var place = type.child(name.startsWith("_") ? name.substring(1) : name);
    if (place.isEmpty() || !view.keeps(place.get())) {
      in.skipChildren();
    } else if (isPartlyKept(place.get())) {
      out.writeFieldName(name);
      parts(place.get().type());
    } else {
      copy(name);
    }
  }

  /**
   * A data type that belongs to the summary belongs to it whole; a part says so of each element.
   */
  private boolean isPartlyKept(ChildDefinition place) {
    return view instanceof Summary && place.type().name().equals("BackboneElement");
  }

  private void parts(TypeDefinition type) throws IOException {
    if (in.currentToken() == JsonToken.START_ARRAY) {
      out.writeStartArray();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        part(type);
      }
      out.writeEndArray();
    } else {
      part(type);
    }
  }

  private void part(TypeDefinition type) throws IOException {
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var name = in.currentName();
      in.nextToken();
      member(name, type);
    }
    out.writeEndObject();
  }

  private void meta() throws IOException {
    var tagged = false;
    out.writeStartObject();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var name = in.currentName();
      in.nextToken();
      if (name.equals("tag")) {
        out.writeFieldName(name);
        out.writeStartArray();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          out.copyCurrentStructure(in);
        }
        tag();
        out.writeEndArray();
        tagged = true;
      } else {
        copy(name);
      }
    }
    if (!tagged) {
      out.writeArrayFieldStart("tag");
      tag();
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void tag() throws IOException {
    out.writeStartObject();
    out.writeStringField("system", SYSTEM);
    out.writeStringField("code", "SUBSETTED");
    out.writeEndObject();
  }

  private void copy(String name) throws IOException {
    out.writeFieldName(name);
    exactly();
  }

  /** Numbers with every digit they were sent with. */
  private void exactly() throws IOException {
    var depth = 0;
    do {
      out.copyCurrentEventExact(in);
      var token = in.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && in.nextToken() != null);
  }
}
