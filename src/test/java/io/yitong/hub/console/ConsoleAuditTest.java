package io.yitong.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a page asks for leaves one row, whoever asks. */
@QuarkusTest
class ConsoleAuditTest {
  private static final String WARD = "urn:yitong:institution:500106-university-hospital";

  private final String call = UUID.randomUUID().toString();
  private final AuditRows audit;

  ConsoleAuditTest(AuditRows audit) {
    this.audit = audit;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "me",
        "feeds",
        "patients",
        "patients?number=none",
        "patients?residentId=500106199001011234",
        "patients/nobody/results",
        "no-such-page"
      })
  void each_call_leaves_one_row(String path) {
    for (var browser :
        List.of(
            Browser.signedIn("doctor", WARD, "clinician"),
            Browser.signedIn("operator", null, "operator"),
            Browser.signedIn("regulator", null, "regulator"))) {
      var call = UUID.randomUUID().toString();

      var answer = ask(browser, path, call);

      assertThat(audit.under(call))
          .as("%s answered %d", path, answer.statusCode())
          .hasSize(1)
          .allMatch(row -> answer.statusCode() == 200 ? row.endsWith("- 0") : row.endsWith(" 4"));
    }
  }

  @Test
  void a_number_that_was_asked_for_is_not_in_the_row() {
    ask(
        Browser.signedIn("doctor", WARD, "clinician"),
        "patients?residentId=500106199001011234",
        call);

    assertThat(audit.queries(call)).hasSize(1).allMatch(query -> query.startsWith("residentId=~"));
  }

  @Test
  void a_call_of_one_who_is_not_signed_in_leaves_one_row_too() {
    assertThat(ask(new Browser(), "patients/nobody/results", call).statusCode()).isEqualTo(499);

    await().until(() -> audit.under(call).equals(List.of("anonymous not-authenticated 4")));
  }

  @Test
  void the_table_above_has_every_page() {
    assertThat(
            Arrays.stream(ConsoleResource.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(Path::value))
        .containsExactlyInAnyOrder("/me", "/feeds", "/patients", "/patients/{id}/results");
  }

  private static Response ask(Browser browser, String path, String call) {
    return browser.asking().header("X-Correlation-Id", call).get("/console/api/" + path);
  }
}
