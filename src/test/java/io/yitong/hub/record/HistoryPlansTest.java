package io.yitong.hub.record;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.HistoryQuery.Of;
import io.yitong.hub.record.HistoryQuery.OfInstance;
import io.yitong.hub.record.HistoryQuery.OfTypes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

/** A page of a history reads as many versions as it shows, however many there are. */
@QuarkusTest
class HistoryPlansTest {
  private static final Optional<Instant> SINCE = Optional.of(Instant.parse("2026-03-01T00:00:00Z"));
  private static final Optional<HistoryCursor> FROM =
      Optional.of(new HistoryCursor(Instant.parse("2026-04-01T00:00:00Z"), 5, 1));

  @Inject DataSource database;

  @Test
  void an_instance_s_versions_are_found_by_its_identity() {
    var query = new OfInstance(new ResourceKey(ResourceType.Patient, "plan4"));

    for (var plan : plans(query)) {
      assertThat(plan)
          .contains("resource_identity", "resource_history_pkey")
          .doesNotContain("Seq Scan on resource");
    }
  }

  @Test
  void a_type_s_versions_are_read_newest_first() {
    for (var plan : plans(new OfTypes(Set.of(ResourceType.Patient)))) {
      assertThat(plan)
          .contains(
              "Index Scan Backward using resource_by_update",
              "Index Scan Backward using resource_history_by_update")
          .doesNotContain("Seq Scan on resource");
    }
  }

  @Test
  void so_are_those_of_the_system_type_by_type() {
    for (var plan : plans(new OfTypes(ReadFilter.everything().types()))) {
      assertThat(plan)
          .contains(
              "Index Scan Backward using resource_by_update",
              "Index Scan Backward using resource_history_by_update")
          .doesNotContain("Seq Scan on resource");
    }
  }

  private List<String> plans(Of of) {
    var at = DateRange.parse("2026-03");
    var whole = new HistoryQuery(of, Optional.empty(), Optional.empty(), 50, Optional.empty());
    var since = new HistoryQuery(of, SINCE, Optional.empty(), 50, Optional.empty());
    var then = new HistoryQuery(of, Optional.empty(), at, 50, Optional.empty());
    return List.of(
        plan(whole, Optional.empty(), ReadFilter.everything()),
        plan(whole, Optional.empty(), relatedTo(HOSPITAL)),
        plan(whole, FROM, ReadFilter.everything()),
        plan(since, Optional.empty(), ReadFilter.everything()),
        plan(since, FROM, relatedTo(HOSPITAL)),
        plan(then, Optional.empty(), ReadFilter.everything()));
  }

  private String plan(HistoryQuery query, Optional<HistoryCursor> from, ReadFilter filter) {
    return new Plans(database).of(ReadHistory.rows(query, from, filter, 51));
  }
}
