package io.yitong.hub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.testing.OwnDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VerifyCommandTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final OwnDatabase database;

  VerifyCommandTest(OwnDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void make() throws SQLException {
    database.make();
    database.migrate();
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  @Test
  void an_audit_that_is_whole_is_said_to_be_in_both_languages() {
    assertThat(verify()).isTrue();
    assertThat(said.toString(UTF_8)).contains("审计记录完整", "the audit is whole", "rows/s");
  }

  @Test
  void what_is_wrong_is_said_in_both_languages() throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.execute("insert into audit_chain (chain, seq) values (2, 7)");
    }

    assertThat(verify()).isFalse();
    assertThat(said.toString(UTF_8))
        .contains("链 1 整条被删除 / chain 1 was removed as a whole")
        .contains("链 2 最新的第 1 至 7 行被删除 / chain 2: the newest rows, 1 to 7, were removed")
        .contains("审计记录被破坏：2 处");
  }

  @Test
  void what_it_does_not_understand_it_refuses() {
    for (var words :
        List.of(List.of("check"), List.of("verify", "--hubb", "x"), List.of("verify", "--key"))) {
      assertThatThrownBy(() -> command(words).run())
          .as("%s", words)
          .isInstanceOf(LaunchFailure.class)
          .hasMessageContaining("./yitong audit verify");
    }
    assertThatThrownBy(() -> verify("--checkpoints", "/no/such/folder"))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("no such folder");
  }

  private boolean verify(String... more) {
    return command(
            Stream.concat(
                    Stream.of(
                        "verify",
                        "--database",
                        database.url(),
                        "--user",
                        database.user(),
                        "--password",
                        database.password()),
                    Stream.of(more))
                .toList())
        .run();
  }

  private VerifyCommand command(List<String> words) {
    return new VerifyCommand(
        Settings.of(Path.of("").toAbsolutePath(), Map.of()),
        words,
        new PrintStream(said, true, UTF_8));
  }
}
