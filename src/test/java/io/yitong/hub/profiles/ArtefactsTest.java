package io.yitong.hub.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.testing.FhirPackage;
import io.yitong.hub.testing.ProfileValidator;
import java.io.IOException;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArtefactsTest {
  private static final String CHINESE = "(?s).*\\p{IsHan}.*";

  @TestFactory
  Stream<DynamicTest> each_is_a_valid_conformance_resource() {
    return FhirPackage.artefacts().entrySet().stream()
        .map(
            artefact ->
                DynamicTest.dynamicTest(
                    artefact.getKey(),
                    () ->
                        assertThat(ProfileValidator.shared().errors(artefact.getValue()))
                            .isEmpty()));
  }

  @Test
  void file_names_and_urls_follow_from_type_and_id() {
    FhirPackage.artefacts()
        .forEach(
            (file, artefact) -> {
              var type = artefact.fhirType();
              var id = artefact.getIdElement().getIdPart();
              assertThat(file).isEqualTo("%s-%s.json", type, id);
              if (!(artefact instanceof NamingSystem)) {
                assertThat(((MetadataResource) artefact).getUrl())
                    .isEqualTo("%s%s/%s", NamingSystems.BASE, type, id);
              }
            });
  }

  @Test
  void each_says_its_publisher_state_and_country() {
    assertThat(metadata())
        .allSatisfy(
            artefact -> {
              assertThat(artefact.getPublisher()).isEqualTo("Yitong 医通");
              assertThat(artefact.getStatus().toCode()).isEqualTo("active");
              assertThat(artefact.getJurisdictionFirstRep().getCodingFirstRep().getCode())
                  .isEqualTo("CN");
            });
  }

  @Test
  void each_has_title_and_description_in_chinese_and_english() {
    assertThat(metadata().filter(artefact -> !(artefact instanceof NamingSystem)))
        .allSatisfy(
            artefact -> {
              assertThat(artefact.getTitle()).matches("\\p{ASCII}+");
              assertThat(artefact.getTitleElement().getTranslation("zh-CN")).matches(CHINESE);
              assertThat(artefact.getDescription()).contains(" ");
              assertThat(artefact.getDescriptionElement().getTranslation("zh-CN")).matches(CHINESE);
            });
  }

  @Test
  void each_profile_has_an_example() {
    var examples = FhirPackage.examples().values().stream().map(Resource::fhirType).toList();

    assertThat(
            FhirPackage.artefacts().values().stream()
                .filter(StructureDefinition.class::isInstance)
                .map(artefact -> ((StructureDefinition) artefact).getType())
                .filter(type -> !type.equals("Extension")))
        .doesNotHaveDuplicates()
        .allMatch(examples::contains);
  }

  @Test
  void the_package_is_one_for_r4() throws IOException {
    var manifest = new ObjectMapper().readTree(FhirPackage.FOLDER.resolve("package.json").toFile());

    assertThat(manifest.path("fhirVersions")).hasSize(1);
    assertThat(manifest.path("fhirVersions").path(0).asText()).isEqualTo("4.0.1");
    assertThat(manifest.path("canonical").asText() + "/").isEqualTo(NamingSystems.BASE);
    assertThat(metadata().filter(artefact -> !(artefact instanceof NamingSystem)))
        .allSatisfy(
            artefact ->
                assertThat(artefact.getVersion()).isEqualTo(manifest.path("version").asText()));
  }

  private static Stream<MetadataResource> metadata() {
    return FhirPackage.artefacts().values().stream().map(MetadataResource.class::cast);
  }
}
