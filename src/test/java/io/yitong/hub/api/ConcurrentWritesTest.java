package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight writers at once: nothing lost, nothing doubled, nobody told of a race (FHIR R4, 3.1.0). */
@QuarkusTest
class ConcurrentWritesTest {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 10;

  private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

  @AfterEach
  void the_writers_go_home() {
    writers.shutdownNow();
  }

  @Test
  void of_updates_of_one_version_exactly_one_wins_each_round() throws Exception {
    var id = randomId();
    put(id, "round 0").then().statusCode(201);
    var winners = new ArrayList<String>(List.of("round 0"));

    for (var round = 1; round <= ROUNDS; round++) {
      var version = round;
      var answers = atOnce(writer -> putIf(id, version, "round " + version + " writer " + writer));

      assertThat(statuses(answers))
          .containsOnly(200, 412)
          .satisfies(all -> assertThat(Collections.frequency(all, 200)).isEqualTo(1));
      var winner = answers.stream().filter(answer -> answer.statusCode() == 200).findFirst();
      assertThat(winner.orElseThrow().header("ETag")).isEqualTo("W/\"" + (version + 1) + "\"");
      winners.add(winner.get().path("name[0].text"));
    }

    assertThat(history("Patient/" + id, "resource.name[0].text")).isEqualTo(reversed(winners));
    assertThat(versions("Patient/" + id)).isEqualTo(downFrom(ROUNDS + 1));
  }

  @Test
  void updates_that_ask_for_no_version_are_all_kept_in_history() throws Exception {
    var id = randomId();
    put(id, "first").then().statusCode(201);
    var texts = new ArrayList<String>();

    for (var round = 0; round < ROUNDS; round++) {
      var own = round;
      var answers = atOnce(writer -> put(id, own + "/" + writer));
      assertThat(statuses(answers)).containsOnly(200);
      IntStream.range(0, WRITERS).forEach(writer -> texts.add(own + "/" + writer));
    }

    texts.add("first");
    assertThat(history("Patient/" + id, "resource.name[0].text"))
        .containsExactlyInAnyOrderElementsOf(texts);
    assertThat(versions("Patient/" + id)).isEqualTo(downFrom(1 + ROUNDS * WRITERS));
  }

  @Test
  void of_eighty_conditional_creates_one_creates_and_the_rest_find() throws Exception {
    var number = randomId();
    var answers = new ArrayList<Response>();

    for (var round = 0; round < ROUNDS; round++) {
      answers.addAll(atOnce(writer -> createIfNone(number)));
    }

    var statuses = statuses(answers);
    assertThat(statuses).containsOnly(200, 201);
    assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
    assertThat(answers.stream().map(answer -> answer.<String>path("id")).distinct()).hasSize(1);
    hospital()
        .get("/fhir/Patient?identifier=" + Clients.HOSPITAL + ":patient%7C" + number)
        .then()
        .body("entry.size()", org.hamcrest.Matchers.is(1));
  }

  @Test
  void of_conditional_updates_one_creates_and_the_rest_update() throws Exception {
    var number = randomId();

    var answers =
        atOnce(
            writer ->
                hospital()
                    .body(named(number, "writer " + writer).replaceFirst("\"id\":\"[^\"]*\",", ""))
                    .put("/fhir/Patient?identifier=" + Clients.HOSPITAL + ":patient%7C" + number));

    var statuses = statuses(answers);
    assertThat(statuses).containsOnly(200, 201);
    assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
    String id = answers.get(0).path("id");
    assertThat(answers.stream().map(answer -> answer.<String>path("id"))).containsOnly(id);
    assertThat(versions("Patient/" + id)).isEqualTo(downFrom(WRITERS));
  }

  @Test
  void transactions_that_take_the_same_rows_in_opposite_order_all_end_well() throws Exception {
    var one = randomId();
    var other = randomId();
    var found = randomId();
    put(one, "first").then().statusCode(201);
    put(other, "first").then().statusCode(201);
    var texts = new ArrayList<String>(List.of("first"));

    for (var round = 0; round < ROUNDS; round++) {
      var own = round;
      var answers =
          atOnce(
              writer -> {
                var text = own + "/" + writer;
                var entries =
                    new ArrayList<>(
                        List.of(
                            entryPut(one, text),
                            entryPost(found + own, own),
                            entryPut(other, text),
                            entryPost(found + "b" + own, own)));
                if (writer % 2 == 1) {
                  Collections.reverse(entries);
                }
                return transaction(entries);
              });
      assertThat(statuses(answers)).as(() -> answers.get(0).asString()).containsOnly(200);
      IntStream.range(0, WRITERS).forEach(writer -> texts.add(own + "/" + writer));
    }

    assertThat(versions("Patient/" + one)).isEqualTo(downFrom(1 + ROUNDS * WRITERS));
    assertThat(versions("Patient/" + other)).isEqualTo(downFrom(1 + ROUNDS * WRITERS));
    assertThat(history("Patient/" + one, "resource.name[0].text"))
        .containsExactlyInAnyOrderElementsOf(texts)
        .isEqualTo(history("Patient/" + other, "resource.name[0].text"));
  }

  @Test
  void of_a_deletion_and_updates_of_one_version_exactly_one_wins() throws Exception {
    for (var round = 0; round < ROUNDS; round++) {
      var id = randomId();
      put(id, "first").then().statusCode(201);

      var answers =
          atOnce(
              writer ->
                  writer % 2 == 0
                      ? putIf(id, 1, "writer " + writer)
                      : hospital().header("If-Match", "W/\"1\"").delete("/fhir/Patient/" + id));

      var statuses = statuses(answers);
      assertThat(statuses).containsOnly(statuses.contains(204) ? 204 : 200, 412);
      assertThat(Collections.frequency(statuses, 412)).isEqualTo(WRITERS - 1);
      assertThat(versions("Patient/" + id)).hasSize(2);
    }
  }

  private static String named(String id, String text) {
    return unprofiled(id).replace("王瑋", text);
  }

  /** Not held to our profile by the tests' own write step, which would take most of the time. */
  private static String unprofiled(String id) {
    return patient(id)
        .replace(
            "\"active\"",
            "\"meta\":{\"tag\":[{\"system\":\"urn:yitong:test:race\",\"code\":\"x\"}]},\"active\"");
  }

  private static Response put(String id, String text) {
    return hospital().body(named(id, text)).put("/fhir/Patient/" + id);
  }

  private static Response putIf(String id, int version, String text) {
    return hospital()
        .header("If-Match", "W/\"" + version + "\"")
        .body(named(id, text))
        .put("/fhir/Patient/" + id);
  }

  private static Response createIfNone(String number) {
    return hospital()
        .header("If-None-Exist", criterion(number))
        .body(unprofiled(number))
        .post("/fhir/Patient");
  }

  private static String criterion(String number) {
    return "identifier=" + Clients.HOSPITAL + ":patient|" + number;
  }

  private static String entryPut(String id, String text) {
    return """
    {"resource":%s,"request":{"method":"PUT","url":"Patient/%s"}}"""
        .formatted(named(id, text), id);
  }

  private static String entryPost(String number, int round) {
    return """
    {"resource":%s,"request":{"method":"POST","url":"Patient","ifNoneExist":"%s"}}"""
        .formatted(named(number, "found " + round), criterion(number));
  }

  private static Response transaction(List<String> entries) {
    return hospital()
        .body(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[%s]}"""
                .formatted(String.join(",", entries)))
        .post("/fhir");
  }

  /** Newest first. */
  private static List<Integer> versions(String reference) {
    return history(reference, "response.etag").stream()
        .map(etag -> Integer.valueOf(etag.replaceAll("\\D", "")))
        .toList();
  }

  private static List<String> history(String reference, String path) {
    return hospital()
        .get("/fhir/" + reference + "/_history?_count=1000")
        .then()
        .statusCode(200)
        .extract()
        .path("entry.collect { it." + path + " }");
  }

  private static List<Integer> downFrom(int newest) {
    return IntStream.rangeClosed(1, newest).mapToObj(i -> newest + 1 - i).toList();
  }

  private static List<String> reversed(List<String> list) {
    var reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<Integer> statuses(List<Response> answers) {
    return answers.stream().map(Response::statusCode).toList();
  }

  /** What each writer got, all having begun together. */
  private List<Response> atOnce(IntFunction<Response> work)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(WRITERS);
    var tasks =
        IntStream.range(0, WRITERS)
            .<Callable<Response>>mapToObj(
                writer ->
                    () -> {
                      start.await();
                      return work.apply(writer);
                    })
            .toList();
    var answers = new ArrayList<Response>();
    for (var future : writers.invokeAll(tasks)) {
      answers.add(future.get());
    }
    return answers;
  }
}
