package io.yitong.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.Progress;
import io.yitong.hub.launch.Region;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The process of the Chongqing hub is killed in the midst of an import, an export and a reindexing.
 * They are gone on with when it runs again and their leases have run out.
 */
class KilledJobsIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int MANY = 20_000;

  private final ScenarioStack scenario = ScenarioStack.get();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void jobs_outlive_the_process_that_works_on_them() throws Exception {
    // Given
    var before = "before-" + UUID.randomUUID();
    var stored = finished("chongqing-his", begin("import", before));
    assertThat(summary(stored)).isEqualTo(created(MANY));

    // When
    var meanwhile = "meanwhile-" + UUID.randomUUID();
    var importing = begin("import", meanwhile);
    await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> batches(importing) > 0);
    var reindexing = begin("reindex", "");
    await().atMost(LONG).pollInterval(Duration.ofMillis(5)).until(() -> place(reindexing) > 0);
    var exporting = begin("export", "");
    await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> running(exporting));
    scenario.stack().hub(Region.CHONGQING).kill();
    var underWay =
        List.of(importing, reindexing, exporting).stream().filter(this::running).toList();
    scenario.stack().hub(Region.CHONGQING).start();
    scenario.stack().hub(Region.CHONGQING).awaitReady(new Progress(System.out));

    // Then
    assertThat(underWay).as("killed in the midst of it").hasSize(3);
    assertThat(summary(finished("chongqing-his", importing))).isEqualTo(created(MANY));
    finished("operator", reindexing);
    var exported = ids(finished("chongqing-his", exporting));
    assertThat(exported).doesNotHaveDuplicates();
    assertThat(exported.stream().filter(id -> id.startsWith(before)).count()).isEqualTo(MANY);
    assertThat(found(before)).isEqualTo(MANY);
    assertThat(found(meanwhile)).isEqualTo(MANY);
    assertThat(rows("select count(*) from resource where fhir_id like '" + meanwhile + "%'"))
        .isEqualTo(MANY);
    assertThat(
            rows(
                "select count(*) from resource where fhir_id like '"
                    + meanwhile
                    + "%' and version <> 1"))
        .isZero();
    assertThat(underWay).allSatisfy(job -> assertThat(attempts(job)).isEqualTo(2));
  }

  private static String created(int number) {
    return "created %d, updated 0, unchanged 0, refused 0".formatted(number);
  }

  /**
   * @return address of the status
   */
  private URI begin(String operation, String name) throws IOException, InterruptedException {
    var client = operation.equals("reindex") ? "operator" : "chongqing-his";
    var answer =
        send(
            switch (operation) {
              case "import" ->
                  async(client, "/fhir/$import", "application/fhir+ndjson")
                      .POST(BodyPublishers.ofString(lines(name)));
              case "reindex" ->
                  async(client, "/fhir/$reindex?type=Basic", "application/fhir+json")
                      .POST(BodyPublishers.noBody());
              default -> async(client, "/fhir/$export?_type=Basic", "application/fhir+json");
            });
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return URI.create(answer.headers().firstValue("Content-Location").orElseThrow());
  }

  private HttpRequest.Builder async(String client, String path, String contentType) {
    return request(client, path)
        .header("Prefer", "respond-async")
        .header("Content-Type", contentType);
  }

  private static String lines(String name) {
    return IntStream.range(0, MANY)
        .mapToObj(
            i ->
                "{\"resourceType\":\"Basic\",\"id\":\"%s-%d\",\"code\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"%s\"}]}}"
                    .formatted(name, i, name))
        .collect(Collectors.joining("\n"));
  }

  private JsonNode finished(String client, URI status) {
    var last = new ArrayList<HttpResponse<String>>();
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              last.add(send(request(client, status.getPath())));
              return last.get(last.size() - 1).statusCode() != 202;
            });
    var answer = last.get(last.size() - 1);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body());
  }

  private String summary(JsonNode manifest) throws IOException, InterruptedException {
    var file = URI.create(manifest.path("output").path(0).path("url").asText()).getPath();
    var outcome = json(send(request("chongqing-his", file)).body());
    return outcome.path("issue").path(0).path("diagnostics").asText();
  }

  private List<String> ids(JsonNode manifest) throws IOException, InterruptedException {
    var ids = new ArrayList<String>();
    for (var output : manifest.path("output")) {
      var file = URI.create(output.path("url").asText()).getPath();
      send(request("chongqing-his", file))
          .body()
          .lines()
          .forEach(line -> ids.add(json(line).path("id").asText()));
    }
    return ids;
  }

  private int found(String code) throws IOException, InterruptedException {
    var answer =
        send(request("chongqing-his", "/fhir/Basic?code=urn:x%7C" + code + "&_summary=count"));
    return json(answer.body()).path("total").asInt();
  }

  private HttpRequest.Builder request(String client, String path) {
    return HttpRequest.newBuilder(URI.create(scenario.hub(Region.CHONGQING) + path))
        .timeout(Duration.ofMinutes(1))
        .header("Authorization", "Bearer " + scenario.token(Region.CHONGQING, client));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(String text) {
    try {
      return Http.JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  private long batches(URI job) {
    return rows("select count(*) from bulk_import_batch where job = '" + id(job) + "'");
  }

  /** Rows gone through. */
  private long place(URI job) {
    return rows(
        "select coalesce(max(nullif(place, '')::bigint), 0) from bulk_job where id = '"
            + id(job)
            + "'");
  }

  private boolean running(URI job) {
    return rows("select count(*) from bulk_job where state = 'running' and id = '" + id(job) + "'")
        > 0;
  }

  private long attempts(URI job) {
    return rows("select attempts from bulk_job where id = '" + id(job) + "'");
  }

  private static String id(URI job) {
    return job.getPath().substring(job.getPath().lastIndexOf('/') + 1);
  }

  private long rows(String query) {
    try (Connection connection = scenario.stack().database().superuser(Region.CHONGQING.code());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
