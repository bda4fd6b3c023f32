package io.yitong.hub.search.examples;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.search.Definitions;
import io.yitong.hub.search.Held;
import io.yitong.hub.search.OwnValues;
import io.yitong.hub.search.Query;
import io.yitong.hub.search.compare.HubClient;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/**
 * Every R4 example of HL7's test cases comes back as it was sent and is found by each of its own
 * search values; those that no server may take are refused for the reason that {@code
 * search/refused-examples.csv} says.
 */
@QuarkusTest
class ExamplesTest {
  private static final String INSTITUTION = "urn:yitong:institution:500106-university-hospital";

  /** Words of a criterion that together are no longer than an address may be. */
  private static final int AT_ONCE = 12;

  @Inject WriteResources write;

  @TestHTTPResource("/fhir/")
  URI fhir;

  private final String run = "x" + UUID.randomUUID().toString().substring(0, 8);
  private final Set<String> there = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();
  private HubClient hub;

  @Test
  void every_example_comes_back_as_sent_and_is_found_by_its_own_values() throws IOException {
    var token = TestIssuer.token("example-test", INSTITUTION, "system/*.cruds", "hospital");
    hub = new HubClient(fhir, institution -> token);
    var refusals = listed("refused-examples.csv");
    var refused = 0;
    var searches = 0;
    var examples = Example.all();
    for (var example : examples) {
      var expected = Optional.ofNullable(refusals.remove(example.name()));
      var outcome = create(example);
      if (outcome.id().isEmpty()) {
        refused++;
        if (expected.isEmpty() || !outcome.answer().contains(expected.get())) {
          wrong.add(example.name() + " is refused: " + outcome.answer());
        }
        continue;
      }
      expected.ifPresent(why -> wrong.add(example.name() + " is taken, though " + why));
      searches += roundTrip(example, outcome);
    }
    System.out.printf(
        "%d examples: %d came back as sent and are found (%d values), %d refused%n",
        examples.size(), examples.size() - refused, searches, refused);
    assertThat(refusals).as("refused examples that are not among the test cases").isEmpty();
    assertThat(wrong).isEmpty();
  }

  /** Type/id of what was created, or the OperationOutcome. */
  private record Outcome(Rewritten sent, Optional<String> id, String answer) {}

  private Outcome create(Example example) {
    var sent = Rewritten.of(example, run);
    sent.referred().forEach(this::refer);
    var type = example.model().map(Resource::fhirType).orElse("Patient");
    var answer = hub.post(type, example.mediaType(), sent.text(), INSTITUTION);
    if (answer.status() == 403) {
      return asHub(example, sent);
    }
    if (answer.status() != 201) {
      assertThat(answer.body()).as(example.name()).contains("OperationOutcome");
      return new Outcome(sent, Optional.empty(), answer.status() + " " + answer.body());
    }
    var id = answer.json().path("id").asText();
    return new Outcome(sent, Optional.of(type + "/" + id), "");
  }

  /** What only the hub itself may write. */
  private Outcome asHub(Example example, Rewritten sent) {
    var json = example.asJson(sent.text()).getBytes(StandardCharsets.UTF_8);
    var draft = ResourceDraft.of(ResourceJson.read(json));
    var written = write.create(draft, hubs());
    return new Outcome(sent, Optional.of(written.key().reference()), "");
  }

  private WriteContext hubs() {
    return new WriteContext(
        Caller.hub("example-test", CorrelationId.random()),
        Optional.of(new InstitutionId(INSTITUTION)),
        Optional.empty(),
        "");
  }

  private void refer(String reference) {
    if (there.add(reference)) {
      var parts = reference.split("/", 2);
      if (FhirContext.forR4Cached().getResourceTypes().contains(parts[0])) {
        var stub = Stub.of(parts[0], parts[1]);
        stub.getMeta().addTag(Rewritten.TAGS, run, null);
        write.put(stub, Optional.empty(), hubs());
      }
    }
  }

  private int roundTrip(Example example, Outcome outcome) {
    var stored = hub.get(outcome.id().get(), INSTITUTION).body();
    var model = (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(stored);
    var before = Members.withoutIdAndMeta(example.asJson(outcome.sent().text()));
    var after = Members.withoutIdAndMeta(stored);
    after.replaceAll((name, text) -> Members.withoutCodedUnit(text, before.get(name)));
    if (!before.equals(after)) {
      wrong.add(example.name() + " comes back changed: " + changed(before, after));
    }
    return find(example, new Held(model, Optional.empty()));
  }

  private static String changed(Map<String, String> before, Map<String, String> after) {
    var names = new TreeMap<>(before);
    names.putAll(after);
    return names.keySet().stream()
        .filter(name -> !after.getOrDefault(name, "").equals(before.get(name)))
        .map(name -> name + ": " + before.get(name) + " → " + after.get(name))
        .collect(Collectors.joining("; "));
  }

  private int find(Example example, Held held) {
    var criteria = new ArrayList<Query.Parameter>();
    for (var definition : Definitions.of(held.type())) {
      OwnValues.of(held, definition).stream()
          .limit(40)
          .forEach(value -> criteria.add(new Query.Parameter(definition.code(), value)));
    }
    for (var from = 0; from < criteria.size(); from += AT_ONCE) {
      var some = criteria.subList(from, Math.min(criteria.size(), from + AT_ONCE));
      if (!isFound(held, some)) {
        some.stream()
            .filter(each -> !isFound(held, List.of(each)))
            .forEach(each -> wrong.add(example.name() + " is not found by " + each));
      }
    }
    return criteria.size();
  }

  private boolean isFound(Held held, List<Query.Parameter> criteria) {
    var query = new Query(held.type(), criteria).and("_id", held.id());
    var answer = hub.get(query.encoded(), INSTITUTION);
    return answer.status() == 200 && answer.json().path("entry").size() == 1;
  }

  /** By name: the words that the OperationOutcome must have. */
  private static Map<String, String> listed(String file) throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                ExamplesTest.class.getResourceAsStream("/search/" + file),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", 3))
          .collect(
              Collectors.toMap(cells -> cells[0], cells -> cells[1], (a, b) -> a, TreeMap::new));
    }
  }
}
