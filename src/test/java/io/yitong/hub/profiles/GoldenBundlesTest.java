package io.yitong.hub.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.testing.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What mapping makes of the example messages keeps to the profiles. */
class GoldenBundlesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/mapping");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> every_resource_of() throws IOException {
    try (var files = Files.walk(GOLDEN)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(GOLDEN.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file) throws IOException {
    var mapped = JSON.readTree(file.toFile());
    assertThat(mapped).isNotEmpty();
    for (var message : mapped) {
      var bundle =
          FhirJson.parse(JSON.writeValueAsBytes(message.path("transaction")), Bundle.class);
      assertThat(bundle.getEntry()).isNotEmpty().allSatisfy(GoldenBundlesTest::check);
    }
  }

  private static void check(BundleEntryComponent entry) {
    assertThat(ProfileValidator.shared().errors(entry.getResource()))
        .as(entry.getRequest().getUrl())
        .isEmpty();
  }
}
