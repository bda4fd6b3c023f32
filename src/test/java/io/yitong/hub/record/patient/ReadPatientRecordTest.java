package io.yitong.hub.record.patient;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.sql.Sql;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadPatientRecordTest {
  @Inject DataSource database;

  @Test
  void both_ways_into_a_record_are_by_index() throws SQLException {
    var query =
        new PatientRecordQuery(
            "p",
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            50,
            Optional.of(new PatientRecordCursor(96, 7)));
    for (var filter : new ReadFilter[] {ReadFilter.everything(), relatedTo(HOSPITAL)}) {
      try (var connection = database.getConnection()) {
        connection.setAutoCommit(false);
        Sql.of("set local enable_seqscan = off").update(connection);
        var plan =
            Sql.of("explain ")
                .add(ReadPatientRecord.statement(query, filter.types(), filter))
                .query(connection, row -> row.getString(1))
                .stream()
                .collect(Collectors.joining("\n"));
        connection.rollback();

        assertThat(plan)
            .contains("resource_of_patient", "resource_keys")
            .doesNotContain("Seq Scan on resource ");
      }
    }
  }

  @Test
  void references_are_found_wherever_they_stand_and_nothing_that_only_looks_like_one() {
    var json =
        """
        {"performer":[{"reference":"Practitioner/1"},{"reference" :
          "Practitioner/2/_history/4"}],"note":[{"text":"\\"reference\\":\\"Practitioner/3\\""}],
         "contained":[{"a":"reference","b":{"reference":"#p"}}],
         "location":{"reference":"http://here/fhir/Location/4"},
         "elsewhere":{"reference":"http://there/fhir/Location/5"}}\
        """;
    var found = new TreeSet<ResourceKey>();

    References.collect(json.getBytes(StandardCharsets.UTF_8), "http://here/fhir/", found);

    assertThat(found)
        .containsExactly(
            new ResourceKey(ResourceType.Location, "4"),
            new ResourceKey(ResourceType.Practitioner, "1"),
            new ResourceKey(ResourceType.Practitioner, "2"));
  }
}
