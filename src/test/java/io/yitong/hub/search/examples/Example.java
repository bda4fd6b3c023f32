package io.yitong.hub.search.examples;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/**
 * An R4 example of HL7's test cases (org.hl7.fhir.testcases:fhir-test-cases).
 *
 * @param name {@code examples/patient-example.json}
 */
record Example(String name, String text) {
  private static final String FOLDER = "org/hl7/fhir/testcases/r4/";
  private static final Pattern FILE =
      Pattern.compile(FOLDER + "((?:examples/)?[^/]+\\.(?:json|xml))");

  /** All of them, by name. */
  static List<Example> all() {
    try {
      var folder =
          Example.class.getClassLoader().getResource(FOLDER + "examples/patient-example.json");
      try (var jar = ((JarURLConnection) folder.openConnection()).getJarFile()) {
        return jar.stream()
            .map(entry -> FILE.matcher(entry.getName()))
            .filter(match -> match.matches())
            .map(match -> read(match.group(1)))
            .sorted(java.util.Comparator.comparing(Example::name))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Example read(String name) {
    try (var file = Example.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
      var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return new Example(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isJson() {
    return name.endsWith(".json");
  }

  String mediaType() {
    return isJson() ? "application/fhir+json" : "application/fhir+xml";
  }

  /** Empty when the model library cannot read it either. */
  Optional<Resource> model() {
    try {
      return Optional.of((Resource) parser().parseResource(text));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  IParser parser() {
    var context = FhirContext.forR4Cached();
    return isJson() ? context.newJsonParser() : context.newXmlParser();
  }

  /** Itself when it is JSON; of XML what the model library makes of it. */
  String asJson(String sent) {
    return isJson()
        ? sent
        : FhirContext.forR4Cached()
            .newJsonParser()
            .encodeResourceToString(parser().parseResource(sent));
  }
}
