package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.hospitalToken;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.api.Clients;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files sent with $import: larger than any other request may be; 24 MB at most in tests. */
@QuarkusTest
class UploadTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final BulkClient client = new BulkClient(Clients::hospital);
  private final HttpClient http = HttpClient.newHttpClient();
  @Inject AuditRows audit;

  @Test
  void an_upload_may_be_larger_than_any_other_request() throws Exception {
    var one = randomId();
    var other = randomId();

    var answer = send(BodyPublishers.ofByteArray(file(20, one, other)), randomId());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var location = answer.headers().firstValue("Content-Location").orElseThrow();
    var manifest = client.finished(location.substring(location.indexOf("/fhir/"))).jsonPath();
    assertThat(client.lines(manifest, "output", "OperationOutcome").get(0))
        .contains("created 2, updated 0, unchanged 0, refused 0");
    hospital().get("/fhir/Patient/" + other).then().statusCode(200);
  }

  @Test
  void an_upload_may_come_packed_and_unannounced() throws Exception {
    var id = randomId();
    var packed = packed(file(17, id));

    var answer =
        send(
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(packed)),
            randomId(),
            "Content-Encoding",
            "gzip");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var location = answer.headers().firstValue("Content-Location").orElseThrow();
    client.finished(location.substring(location.indexOf("/fhir/")));
    hospital().get("/fhir/Patient/" + id).then().statusCode(200);
  }

  @Test
  void beyond_its_limit_it_is_refused_recorded_and_leaves_no_file() throws Exception {
    var before = folders();
    var large = file(25, randomId());
    var announced = randomId();
    refused(send(BodyPublishers.ofByteArray(large), announced));
    assertThat(audit.under(announced)).containsExactly("chongqing-his request-too-large 4");

    var unpacks = randomId();
    refused(send(BodyPublishers.ofByteArray(packed(large)), unpacks, "Content-Encoding", "gzip"));
    assertThat(audit.under(unpacks)).containsExactly("chongqing-his request-too-large 4");
    assertThat(folders()).isLessThanOrEqualTo(before);
  }

  @Test
  void what_is_no_gzip_is_refused_as_such() throws Exception {
    var answer = send(BodyPublishers.ofString("{}"), randomId(), "Content-Encoding", "gzip");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(
            send(BodyPublishers.ofString("{}"), randomId(), "Content-Encoding", "br").statusCode())
        .isEqualTo(415);
  }

  @Test
  void a_body_that_grows_beyond_the_limit_unannounced_is_refused_and_recorded() throws Exception {
    var correlation = randomId();
    var answer =
        http.send(
            request("/fhir/Patient", correlation)
                .header("Content-Type", "application/fhir+json")
                .POST(endless(17))
                .build(),
            BodyHandlers.ofString());
    refused(answer);
    assertThat(audit.under(correlation)).containsExactly("chongqing-his request-too-large 4");
  }

  /** So many megabytes of blanks, sent without their number being said. */
  private static BodyPublisher endless(int megabytes) {
    return BodyPublishers.ofInputStream(
        () ->
            new SequenceInputStream(
                Collections.enumeration(
                    Stream.generate(() -> new ByteArrayInputStream(blanks(MEGABYTE)))
                        .limit(megabytes)
                        .toList())));
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.body()).contains("request-too-large");
  }

  private static long folders() throws IOException {
    try (var all = Files.list(Path.of("target/bulk/chongqing"))) {
      return all.count();
    }
  }

  private HttpResponse<String> send(BodyPublisher body, String correlation, String... headers)
      throws IOException, InterruptedException {
    var request =
        request("/fhir/$import", correlation)
            .header("Prefer", "respond-async")
            .header("Content-Type", "application/fhir+ndjson")
            .POST(body);
    return http.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String correlation) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
        .header("Authorization", "Bearer " + hospitalToken())
        .header("X-Correlation-Id", correlation);
  }

  /** A line for each id, with blanks between the lines up to so many megabytes. */
  private static byte[] file(int megabytes, String... ids) {
    var out = new ByteArrayOutputStream(megabytes * MEGABYTE);
    for (var id : ids) {
      out.writeBytes(blanks(megabytes * MEGABYTE / ids.length - 1000));
      out.writeBytes(
          ("\n" + patient(id).replace("\n", "") + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] blanks(int length) {
    var blanks = new byte[length];
    Arrays.fill(blanks, (byte) ' ');
    for (var i = 0; i < length; i += 1000) {
      blanks[i] = '\n';
    }
    return blanks;
  }

  private static byte[] packed(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
