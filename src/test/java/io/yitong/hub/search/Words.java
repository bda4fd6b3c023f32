package io.yitong.hub.search;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * {@code _text} and {@code _content} (3.1.1.4.2): every word occurs, whatever its case and accents,
 * in the narrative or in any text.
 */
final class Words {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Words() {}

  static boolean match(Resource resource, boolean everywhere, String raw) {
    var texts = (everywhere ? all(resource) : narrative(resource)).map(Strings::normal).toList();
    return Stream.of(Strings.normal(Syntax.plain(raw)).split(" ", -1))
        .allMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
  }

  private static Stream<String> narrative(Resource resource) {
    return resource instanceof DomainResource narrated && narrated.getText().hasDiv()
        ? Stream.of(narrated.getText().getDiv().allText())
        : Stream.empty();
  }

  private static Stream<String> all(Resource resource) {
    try {
      return texts(
          JSON.readTree(
              FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> texts(JsonNode json) {
    return json.isTextual()
        ? Stream.of(json.asText())
        : StreamSupport.stream(json.spliterator(), false).flatMap(Words::texts);
  }
}
