package io.yitong.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConsoleSessionTest {
  private final AuditRows audit;

  ConsoleSessionTest(AuditRows audit) {
    this.audit = audit;
  }

  @Test
  void who_is_not_signed_in_is_sent_to_the_issuer() {
    var answer = new Browser().follow("/console/results");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.header("Location")).contains("/auth?").contains("code_challenge=");
  }

  @Test
  void a_page_whose_session_is_over_is_told_so_instead() {
    new Browser().ask("me").then().statusCode(499);
  }

  @Test
  void the_user_learns_name_roles_and_region_but_no_token() {
    var browser = Browser.signedIn("operator", null, "operator");
    var answer = browser.ask("me");
    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("name", equalTo("李明"))
        .body("institution", nullValue())
        .body("region.zh", equalTo("重庆市"))
        .body("roles", contains("operator"))
        .body("views", contains("feeds"));
    assertThat(answer.body().asString()).doesNotContain("eyJ");
  }

  @Test
  void a_session_that_was_ended_at_the_issuer_is_over_here_too() {
    var browser = Browser.signedIn("operator", null, "operator");
    var other = Browser.signedIn("operator", null, "operator");
    browser.ask("me").then().statusCode(200);

    browser.endSessionAtIssuer();

    await().untilAsserted(() -> browser.ask("me").then().statusCode(499));
    assertThat(browser.follow("/console/").header("Location")).contains("/auth?");
    other.ask("me").then().statusCode(200);
  }

  @Test
  void the_session_is_a_cookie_that_neither_scripts_nor_other_sites_can_use() {
    assertThat(Browser.sessionCookies("operator", "operator"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("HTTPOnly"))
        .allMatch(cookie -> cookie.contains("SameSite=Lax"))
        .allMatch(cookie -> cookie.contains("Path=/console"))
        .noneMatch(cookie -> cookie.contains("eyJraWQiOiJ0ZXN0"));
  }

  @Test
  void a_call_from_another_sites_page_is_refused_and_on_record() {
    var browser = Browser.signedIn("operator", null, "operator");
    var call = UUID.randomUUID().toString();
    browser
        .request()
        .header("X-Correlation-Id", call)
        .get("/console/api/feeds")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("not-permitted"))
        .body("issue[0].expression[0]", equalTo("X-Requested-With"));
    assertThat(audit.under(call)).containsExactly("yitong-console not-permitted 4");
  }

  @Test
  void a_session_opens_the_console_and_nothing_else() {
    var browser = Browser.signedIn("operator", null, "operator");
    browser.follow("/fhir/Patient/x").then().statusCode(401);
  }

  @Test
  void signing_out_ends_the_session() {
    var browser = Browser.signedIn("operator", null, "operator");
    browser.follow("/console/logout").then().statusCode(302).header("Location", startsWith("http"));
    browser.ask("me").then().statusCode(499);
  }

  @Test
  void a_session_that_was_tampered_with_leads_to_signing_in_again() {
    new Browser()
        .request()
        .cookie("q_session_console", "nonsense")
        .get("/console/")
        .then()
        .statusCode(302);
  }

  @Test
  void pages_run_no_scripts_but_their_own() {
    new Browser()
        .follow("/console/")
        .then()
        .header("Content-Security-Policy", containsString("script-src 'self';"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("X-Content-Type-Options", "nosniff");
  }

  @Test
  void every_call_leaves_one_audit_row() {
    var browser = Browser.signedIn("operator", null, "operator");
    var call = UUID.randomUUID().toString();
    browser.asking().header("X-Correlation-Id", call).get("/console/api/me");
    assertThat(audit.under(call)).containsExactly("yitong-console - 0");
  }
}
