package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Stack;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A patient with a liver panel at Linshui who is now in hospital in Chongqing, and what the
 * doctor's system asks when a liver panel is about to be ordered; for benchmarks.
 *
 * @param request body of the order-sign hook
 * @param patientId FHIR id at the Chongqing hub
 */
public record PreparedOrder(JsonNode request, String patientId) {

  /** Plays the story up to the order, silently. */
  public static PreparedOrder of(Stack stack, long seed) {
    var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var scene = new Scene(stack, new Narrator(silent));
    var cast = Cast.draw(seed, false, Instant.now(), stack.settings().project());
    var linshui = new AtLinshui(scene, cast);
    linshui.register();
    linshui.sendResults();
    var chongqing = new AtChongqing(scene, cast);
    chongqing.admit();
    chongqing.knowThePerson();
    return new PreparedOrder(chongqing.orderSign(), chongqing.patientId());
  }

  /** Whether an answer of the hook recommends recognition. */
  public static boolean recommends(JsonNode answer) {
    return Scene.each(answer.path("cards")).anyMatch(card -> new Card(card).recommends());
  }
}
