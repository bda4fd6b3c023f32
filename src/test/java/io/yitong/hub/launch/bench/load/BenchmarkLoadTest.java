package io.yitong.hub.launch.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkLoadTest {
  private static final int PATIENTS = 2_000;

  @Test
  void a_population_is_what_the_rows_of_the_table_count_on() throws Exception {
    var held = new HashMap<String, Integer>();
    var ids = new HashSet<String>();
    var families = new HashMap<String, Integer>();
    var resources = 0;
    var load = new LoadRequests(new Population(PATIENTS), new SplittableRandom(1));
    for (var i = 0L; i < LoadRequests.count(0, PATIENTS); i++) {
      for (var entry : bodyOf(load).get("entry")) {
        var resource = entry.get("resource");
        resources++;
        ids.add(entry.at("/request/url").asText());
        if (resource.get("resourceType").asText().equals("Observation")) {
          held.merge(resource.at("/code/coding/0/code").asText(), 1, Integer::sum);
        }
        if (resource.get("resourceType").asText().equals("Patient")
            && resource.get("birthDate").asText().compareTo(Population.YOUNGER) >= 0) {
          families.merge(resource.at("/name/0/family").asText(), 1, Integer::sum);
        }
      }
    }

    assertThat(resources).isEqualTo(46 * PATIENTS);
    assertThat(ids).hasSize(resources);
    assertThat(Population.RARE_CODES)
        .allSatisfy(code -> assertThat(held.get(code)).isEqualTo(2_000));
    assertThat(Population.COMMON_CODES)
        .allSatisfy(code -> assertThat(held.get(code)).isGreaterThan(2_000));
    assertThat(families.get(Population.family(0))).isEqualTo(Population.YOUNGER_OF_FAMILY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Work.class,
      names = {"CREATE_OBSERVATION", "TRANSACTION", "UPDATE_PATIENT", "CONDITIONAL_CREATE"})
  void a_write_says_its_length_and_is_json(Work work) throws Exception {
    var requests = work.requests(new Population(PATIENTS), new SplittableRandom(1));

    assertThat(bodyOf(requests).isObject()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Work.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"LOAD", "CONDITIONAL_CREATE", "COUNT_OF_CODE"})
  void requests_differ_from_one_to_the_next(Work work) {
    var requests = work.requests(new Population(PATIENTS), new SplittableRandom(1));
    var text = new RequestText();
    var seen = new HashSet<String>();
    for (var i = 0; i < 20; i++) {
      requests.next(text);
      seen.add(text.toString());
    }

    assertThat(seen).hasSizeGreaterThan(15).noneMatch(request -> request.contains("<"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40_000})
  void an_answer_is_complete_with_its_last_byte_however_it_arrives(int step) {
    var body = "é".repeat(30_000);
    var whole =
        "HTTP/1.1 201 Created\r\nETag: W/\"1\"\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.getBytes(UTF_8).length, body);

    assertThat(stepsUntilComplete(whole, step, 201)).isEqualTo(ceil(whole, step));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40_000})
  void an_answer_in_chunks_is_complete_with_the_last_chunk(int step) {
    var chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    var whole =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n";

    assertThat(stepsUntilComplete(whole, step, 200)).isEqualTo(ceil(whole, step));
  }

  private static int ceil(String text, int step) {
    return (text.getBytes(UTF_8).length + step - 1) / step;
  }

  private static int stepsUntilComplete(String text, int step, int status) {
    var bytes = text.getBytes(UTF_8);
    var answer = new Answer(false);
    var steps = 0;
    for (var at = 0; at < bytes.length; at += step) {
      steps++;
      if (answer.take(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)))) {
        assertThat(answer.status()).isEqualTo(status);
        return steps;
      }
    }
    return -1;
  }

  private static JsonNode bodyOf(Work.Requests requests) throws Exception {
    var text = new RequestText();
    requests.next(text);
    var request = text.toString();
    var head = request.indexOf("\r\n\r\n") + 4;
    var length = request.replaceAll("(?s).*?Content-Length: *([0-9]+)\r\n.*", "$1");
    assertThat(request.substring(head).getBytes(UTF_8)).hasSize(Integer.parseInt(length));
    return new ObjectMapper().readTree(request.substring(head));
  }
}
