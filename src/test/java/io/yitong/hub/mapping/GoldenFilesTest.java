package io.yitong.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.mapping.hl7v2.Hl7Message;
import io.yitong.hub.mapping.hl7v2.MapHl7Message;
import io.yitong.hub.mapping.tabular.MapLabCsv;
import io.yitong.hub.testing.ProfileValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every message in src/test/resources/mapping maps to the JSON beside it. What a mapping gives now
 * is written to target/golden; once read and found right it may take the place of the file.
 */
class GoldenFilesTest {
  private static final Path FILES = Path.of("src/test/resources/mapping");
  private static final Path GIVEN = Path.of("target/golden");

  /** Keeps 44.10 as it is written. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String MESSAGE = "urn:uuid:5d9f0a3e-4f0e-4a54-9d5c-3f6c1a2b7e10";

  @TestFactory
  Stream<DynamicTest> a_message_becomes_the_fhir_beside_it() throws IOException {
    try (var files = Files.walk(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".hl7") || file.toString().endsWith(".csv"))
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(FILES.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file) throws IOException {
    // Given
    var expected = beside(file);

    // When
    var mapped = map(file);
    var all = JSON.createArrayNode();
    mapped.forEach(one -> all.add(json(one)));
    var given = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    write(GIVEN.resolve(FILES.relativize(expected)), given);

    // Then
    assertThat(given).isEqualTo(Files.readString(expected));
    for (var one : mapped) {
      for (var entry : ((Mapped.Success) one).transaction().getEntry()) {
        assertThat(ProfileValidator.shared().errors(entry.getResource())).isEmpty();
      }
    }
  }

  private static List<Mapped> map(Path file) throws IOException {
    var gb18030 = file.toString().contains(".gb18030.");
    var charset = gb18030 ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
    var text = new String(Files.readAllBytes(file), charset);
    if (file.toString().endsWith(".csv")) {
      return new MapLabCsv().map(text, Dialects.TOWNSHIP, MESSAGE);
    }
    var message = Hl7Message.parse(text);
    var dialect =
        message.sendingFacility().equals("CQDXCYY")
            ? Dialects.UNIVERSITY_HOSPITAL
            : Dialects.PEOPLES_HOSPITAL;
    return List.of(new MapHl7Message().map(message, dialect, MESSAGE));
  }

  private static ObjectNode json(Mapped mapped) {
    var success = (Mapped.Success) mapped;
    var node = JSON.createObjectNode();
    node.put("messageType", success.messageType());
    node.put("asOf", success.asOf().map(Object::toString).orElse(null));
    node.put("patientNumber", success.patientNumber());
    success.unmapped().forEach(node.putArray("unmapped")::add);
    try {
      node.set("transaction", JSON.readTree(FhirJson.write(success.transaction())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return node;
  }

  private static Path beside(Path file) {
    var name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.indexOf('.')) + ".json");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
