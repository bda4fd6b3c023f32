package io.yitong.hub.api.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A client that begins bulk work and comes back for what became of it. */
final class BulkClient {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Supplier<RequestSpecification> as;

  BulkClient(Supplier<RequestSpecification> as) {
    this.as = as;
  }

  RequestSpecification async() {
    return as.get().header("Prefer", "respond-async");
  }

  /**
   * @return path of the status
   */
  static String statusOf(Response accepted) {
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    var location = accepted.header("Content-Location");
    return location.substring(location.indexOf("/fhir/"));
  }

  /** Asks until it is no longer in progress. */
  Response finished(String status) {
    var last = new Response[1];
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              last[0] = as.get().get(status);
              return last[0].statusCode() != 202;
            });
    return last[0];
  }

  JsonPath manifest(Response accepted) {
    var answer = finished(statusOf(accepted));
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return answer.jsonPath();
  }

  /** The lines of all files of a type in a list of the manifest. */
  List<String> lines(JsonPath manifest, String list, String type) {
    var lines = new ArrayList<String>();
    List<String> urls = manifest.getList(list + ".findAll { it.type == '" + type + "' }.url");
    for (var url : urls) {
      var file = as.get().get(url.substring(url.indexOf("/fhir/")));
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.contentType()).startsWith("application/fhir+ndjson");
      lines.addAll(file.asString().lines().toList());
    }
    return lines;
  }

  /** Ids of the resources of a type that were exported. */
  List<String> ids(JsonPath manifest, String type) {
    return lines(manifest, "output", type).stream()
        .map(line -> JsonPath.from(line).getString("id"))
        .toList();
  }

  /** A Parameters resource; {@code patient} as a reference, the others as strings. */
  static String parameters(String... namesAndValues) {
    var text = new StringBuilder("{\"resourceType\":\"Parameters\",\"parameter\":[");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      var value =
          namesAndValues[i].equals("patient")
              ? "\"valueReference\":{\"reference\":\"%s\"}"
              : "\"valueString\":\"%s\"";
      text.append(i == 0 ? "" : ",")
          .append("{\"name\":\"%s\",".formatted(namesAndValues[i]))
          .append(value.formatted(namesAndValues[i + 1]))
          .append('}');
    }
    return text.append("]}").toString();
  }
}
