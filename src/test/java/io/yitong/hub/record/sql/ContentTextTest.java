package io.yitong.hub.record.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** SQL reads what is stored as the hub does. */
@QuarkusTest
class ContentTextTest {
  @Inject DataSource database;

  @Test
  void sql_knows_every_phrase() throws SQLException {
    try (var connection = database.getConnection()) {
      for (var phrase : Phrases.all()) {
        var text = new String(phrase.text(), StandardCharsets.UTF_8);
        var around = "王" + text + text + "0x";
        assertThat(
                Sql.of(
                        "select content_text(?)",
                        StoredText.of(around.getBytes(StandardCharsets.UTF_8)))
                    .query(connection, row -> row.getString(1)))
            .containsExactly(around);
      }
    }
  }
}
