package io.yitong.hub.access.masking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** A real log file, written by the hub while it is spoken to in bad faith. */
@QuarkusTest
@TestProfile(MaskLogsTest.WithLogFile.class)
class MaskLogsTest {
  private static final Path FILE = Path.of("target/masked.log");
  private static final Logger LOG = Logger.getLogger(MaskLogsTest.class);

  @TestHTTPResource("/")
  URL hub;

  /** A file, as the console's log is written. */
  public static class WithLogFile implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.log.file.enabled", "true",
          "quarkus.log.file.json.enabled", "false",
          "quarkus.log.file.path", FILE.toString());
    }
  }

  @Test
  void no_line_of_the_log_holds_a_token_a_secret_or_a_person() throws IOException {
    var mark = UUID.randomUUID().toString();
    var token =
        TestIssuer.token(
            "chongqing-his",
            "urn:yitong:institution:500106-university-hospital",
            "system/*.cruds",
            "hospital");
    given()
        .header("Authorization", "Bearer " + token)
        .get("/fhir/Patient?name=王伟&phone=13800138000&identifier=511623198706132014");
    LOG.infof("%s sent %s", mark, token);
    LOG.errorf(
        new IllegalStateException("no 511623198706132014"),
        "%s resident=%s",
        mark,
        "51162319870613201X");

    var log = Files.readString(FILE);

    assertThat(log)
        .contains(mark + " sent [token]")
        .contains(mark + " resident=511623**********1X")
        .contains("no 511623**********14")
        .doesNotContain(token)
        .doesNotContain(token.substring(token.lastIndexOf('.') + 1))
        .doesNotContain("511623198706132014")
        .doesNotContain("51162319870613201X")
        .doesNotContain("13800138000");
  }

  @Test
  void no_header_path_or_name_begins_a_line_of_its_own() throws IOException {
    var mark = "forged-" + UUID.randomUUID();
    var token =
        TestIssuer.sign(
            TestIssuer.claims("x\r\n" + mark + "-client INFO \u202e", "system/*.rs", "hospital")
                .subject("y\n" + mark + "-subject")
                .claim("institution", "urn:yitong:institution:500106-university-hospital")
                .build());
    given()
        .header("Authorization", "Bearer " + token)
        .header("X-Purpose-Of-Use", mark)
        .get("/fhir/Patient?name=%0d%0a" + mark + "-query%1b%5b2J");
    given().get("/fhir/%0d%0a" + mark + "-path");
    raw(
        "GET /fhir/Patient HTTP/1.1\r\nHost: x\r\nX-Correlation-Id: a\n"
            + mark
            + "-header\r\n\r\n");
    LOG.infof("client=%s", "x\r\n" + mark + "-argument\u001b[2J\u202e");

    var lines = Files.readAllLines(FILE);

    assertThat(lines).anyMatch(line -> line.contains("client=x\\r\\n" + mark + "-argument"));
    assertThat(lines).noneMatch(line -> line.startsWith(mark));
    assertThat(lines)
        .filteredOn(line -> line.contains(mark))
        .allMatch(line -> line.codePoints().noneMatch(c -> c == 0x1b || c == 0x202e));
  }

  private void raw(String request) throws IOException {
    try (var socket = new Socket(hub.getHost(), hub.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isPositive();
    }
  }
}
