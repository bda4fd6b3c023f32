package io.yitong.hub.search.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.search.generate.Batch;
import io.yitong.hub.search.generate.Family;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * What the database answers is what the specification's rules say, tried on a thousand random
 * queries. {@code -Dsearch.seed=N} and {@code -Dsearch.queries=N} try others.
 */
@QuarkusTest
class SearchEqualsReferenceTest {
  private static final List<String> INSTITUTIONS =
      List.of(
          "urn:yitong:institution:500106-university-hospital",
          "urn:yitong:institution:500102-fuling-hospital");

  @Inject WriteResources write;

  @TestHTTPResource("/fhir/")
  URI fhir;

  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  @Test
  void random_searches_find_what_the_reference_finds() {
    var hub = new HubClient(fhir, this::token);

    var differences =
        new SearchComparison(hub, INSTITUTIONS, families(), System.out)
            .run(
                newRun(),
                Long.getLong("search.seed", 1),
                Integer.getInteger("search.queries", 1000),
                true,
                this::store);

    assertThat(differences).isEmpty();
  }

  @Test
  void the_same_holds_of_what_hospitals_write_themselves() {
    var hub = new HubClient(fhir, this::token);

    var differences =
        new SearchComparison(hub, INSTITUTIONS, families(), System.out)
            .run(
                newRun(),
                Long.getLong("search.seed", 1),
                Integer.getInteger("search.queries", 1000) / 10);

    assertThat(differences).isEmpty();
  }

  private static String newRun() {
    return "s" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
  }

  /** What is being built is left out until it is there. */
  private static Set<Family> families() {
    var wanted = System.getProperty("search.families", "");
    if (!wanted.isEmpty()) {
      var only = EnumSet.noneOf(Family.class);
      List.of(wanted.split(",", -1)).forEach(name -> only.add(Family.valueOf(name)));
      return only;
    }
    return SearchComparison.OFFERED;
  }

  private String token(String institution) {
    return tokens.computeIfAbsent(
        institution, each -> TestIssuer.token("search-test", each, "system/*.cruds", "hospital"));
  }

  private void store(Batch batch) {
    write.transaction(
        batch.transaction(),
        new WriteContext(
            Caller.hub("search-test", CorrelationId.random()),
            batch.owner().map(InstitutionId::new),
            Optional.empty(),
            ""));
  }
}
