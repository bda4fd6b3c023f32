package io.yitong.hub.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a database of its own, which it may spoil. */
@QuarkusTest
class VerifyCommandTest {
  private static final String OWN = "audit_to_verify";

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final AgroalDataSource database;
  private final String url;
  private final String user;
  private final String password;

  VerifyCommandTest(
      AgroalDataSource database,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this.database = database;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  @BeforeEach
  void make() throws SQLException {
    drop();
    run("create database " + OWN);
    Flyway.configure()
        .dataSource(own(), user, password)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  @AfterEach
  void drop() throws SQLException {
    run("drop database if exists " + OWN + " with (force)");
  }

  @Test
  void an_audit_that_is_whole_is_said_to_be_in_both_languages() {
    assertThat(verify()).isTrue();
    assertThat(said.toString(UTF_8)).contains("审计记录完整", "the audit is whole", "rows/s");
  }

  @Test
  void what_is_wrong_is_said_in_both_languages() throws SQLException {
    try (var connection = DriverManager.getConnection(own(), user, password);
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
                        "verify", "--database", own(), "--user", user, "--password", password),
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

  private String own() {
    return url.replaceFirst("/postgres(?=\\?|$)", "/" + OWN);
  }

  private void run(String statement) throws SQLException {
    try (var connection = database.getConnection();
        var change = connection.createStatement()) {
      change.execute(statement);
    }
  }
}
