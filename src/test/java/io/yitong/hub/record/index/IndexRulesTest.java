package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.json.ResourceJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

/**
 * What resources are found by is part of what an installation has stored. Whoever changes it adds a
 * change to {@link IndexRules}, so that installations index anew, and puts the digest here.
 */
class IndexRulesTest {
  private static final int VERSION = 2;
  private static final String DIGEST = "4dbf52e35033fb0b";

  private static final List<String> RESOURCES =
      List.of(
          """
          {"resourceType":"Patient","id":"a","identifier":[{"type":{"coding":[{"system":
           "http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:x","value":"1"}],
           "active":true,"name":[{"family":"王","given":["瑋"],"text":"王瑋"}],"birthDate":"1980-02",
           "telecom":[{"system":"phone","value":"138"}],"address":[{"city":"重庆"}],
           "generalPractitioner":[{"reference":"Practitioner/1"}],"meta":{"tag":[{"code":"t"}]}}""",
          """
          {"resourceType":"Observation","id":"b","status":"final","category":[{"coding":[{"system":"urn:c","code":"laboratory"}]}],
           "code":{"coding":[{"system":"http://loinc.org","code":"1742-6","display":"ALT"}],"text":"ALT"},
           "subject":{"reference":"Patient/a"},"effectiveDateTime":"2026-03-01T07:30:00+08:00",
           "valueQuantity":{"value":32.0,"comparator":"<","unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},
           "component":[{"code":{"coding":[{"code":"x"}]},"valueQuantity":{"value":5.40,"unit":"mg/dL",
            "system":"http://unitsofmeasure.org","code":"mg/dL"}},{"code":{"coding":[{"code":"y"}]},
            "valueCodeableConcept":{"coding":[{"system":"urn:x","code":"pos"}]}}]}""",
          """
          {"resourceType":"ServiceRequest","id":"c","status":"active","intent":"order","subject":{"reference":"Patient/a"},
           "instantiatesCanonical":["http://example.org/Plan|1.0"],"occurrenceTiming":{"event":["2026-01-01","2026-02-01"]},
           "authoredOn":"2026-01-01T10:00:00Z","requester":{"identifier":{"system":"urn:x","value":"r"}}}""",
          """
          {"resourceType":"Location","id":"d","name":"門診","position":{"longitude":106.5,"latitude":29.5},
           "address":{"text":"重庆市"}}""",
          """
          {"resourceType":"RiskAssessment","id":"e","status":"final","subject":{"reference":"Patient/a"},
           "prediction":[{"probabilityDecimal":0.25}]}""",
          """
          {"resourceType":"ValueSet","id":"f","url":"http://example.org/vs/1","status":"active","version":"2",
           "useContext":[{"code":{"system":"urn:x","code":"age"},"valueQuantity":{"value":3,"code":"a"}}]}""");

  @Test
  void a_change_of_what_resources_are_found_by_is_a_new_version_of_the_rules() {
    var digest = digest();

    assertThat(digest)
        .as(
            "What resources are found by has changed. Add a Change to IndexRules (version %d), with the"
                + " types and parameters concerned, and put that version and %s here.",
            VERSION + 1, digest)
        .isEqualTo(DIGEST);
    assertThat(IndexRules.VERSION).isEqualTo(VERSION);
  }

  @Test
  void what_was_indexed_by_no_known_rules_is_indexed_anew_altogether() {
    var all = Set.of(ResourceType.Patient, ResourceType.Observation);

    assertThat(IndexRules.typesChangedSince(0, all)).isEqualTo(all);
    assertThat(IndexRules.typesChangedSince(IndexRules.VERSION, all)).isEmpty();
  }

  @Test
  void a_change_concerns_the_types_and_parameters_it_names() {
    var change = new IndexRules.Change(2, Set.of(ResourceType.Patient), Set.of("name"));

    assertThat(change.concerns(ResourceType.Patient, "name")).isTrue();
    assertThat(change.concerns(ResourceType.Patient, "family")).isFalse();
    assertThat(change.concerns(ResourceType.Person, "name")).isFalse();
  }

  private static String digest() {
    var text = new StringBuilder();
    for (var resource : RESOURCES) {
      var root = ResourceJson.read(resource.getBytes(StandardCharsets.UTF_8)).root();
      text.append(written(IndexResource.of(root, root.value("id").orElseThrow(), ""))).append('\n');
    }
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)))
          .substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String written(IndexEntries entries) {
    var groups =
        entries.groups().stream()
            .map(
                group ->
                    group.parameter()
                        + Arrays.toString(group.keys())
                        + new TreeMap<>(group.ranges())
                        + new TreeMap<>(group.texts()))
            .toList();
    return List.of(
            Arrays.toString(entries.keys()),
            entries.main(),
            entries.dates(),
            entries.texts(),
            entries.quantities(),
            entries.codes(),
            entries.positions(),
            groups,
            entries.patientId(),
            entries.categories())
        .toString();
  }
}
