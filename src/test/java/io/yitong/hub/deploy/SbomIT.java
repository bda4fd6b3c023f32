package io.yitong.hub.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** The SBOM, where it was made (profile sbom): it names what the hub runs on, by content. */
class SbomIT {
  private static final Path BOM = Path.of("target/bom.json");

  @Test
  void the_sbom_names_every_component_by_its_content() throws IOException {
    assumeTrue(Files.exists(BOM), "made by mvn -Psbom");
    var bom = new ObjectMapper().readTree(BOM.toFile());
    var digests = new HashSet<String>();
    for (var component : bom.required("components")) {
      for (var hash : component.path("hashes")) {
        digests.add(hash.path("content").asText());
      }
    }

    assertThat(bom.required("bomFormat").asText()).isEqualTo("CycloneDX");
    for (var row :
        Files.readAllLines(Path.of(".ci/supply-chain/components.csv")).stream().skip(1).toList()) {
      assertThat(digests).as(row).contains(row.split(",", -1)[1]);
    }
  }
}
