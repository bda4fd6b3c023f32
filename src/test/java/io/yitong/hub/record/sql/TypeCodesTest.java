package io.yitong.hub.record.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TypeCodesTest {
  @Inject DataSource database;

  @Test
  void the_numbers_are_those_that_the_database_lists() throws SQLException {
    try (var connection = database.getConnection()) {
      var listed =
          Sql.of("select name, code from resource_type")
              .query(connection, row -> Map.entry(row.getString(1), row.getShort(2)))
              .stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

      assertThat(listed)
          .isEqualTo(
              Stream.of(ResourceType.values())
                  .collect(Collectors.toMap(ResourceType::name, TypeCodes::of)));
    }
  }
}
