package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http.Answer;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Stack;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The story's hands: sends as a hospital's systems would, and tells what it does. */
final class Scene {
  private final Stack stack;
  private final Narrator narrator;

  Scene(Stack stack, Narrator narrator) {
    this.stack = stack;
    this.narrator = narrator;
  }

  Stack stack() {
    return stack;
  }

  Narrator narrator() {
    return narrator;
  }

  /** Sends an HL7 message and checks that it is accepted. */
  void deliver(String what, int portInFile, String message, Charset charset, String control) {
    var port = portInFile + stack.settings().feedPortOffset();
    narrator.sent("%s, MLLP localhost:%d, %s".formatted(what, port, charset), message);
    var answer = Mllp.send(port, message, charset);
    narrator.received(answer);
    var ack = Hl7Answer.of(answer);
    narrator.check(
        "acknowledged AA for control id " + control,
        ack.code().equals("AA") && ack.controlId().equals(control),
        ack);
  }

  /** A GET below /fhir that has to succeed; only the address is told. */
  JsonNode read(Region region, String client, String path) {
    narrator.note("→ GET %s/fhir/%s as %s".formatted(stack.hub(region).address(), path, client));
    var answer = get(region, client, path);
    narrator.check("HTTP 200", answer.status() == 200, answer.status() + " " + answer.body());
    return answer.json();
  }

  Answer get(Region region, String client, String path) {
    return stack
        .http()
        .get(
            URI.create(stack.hub(region).address() + "/fhir/" + path),
            stack.tokens().of(region, client));
  }

  /** A POST of JSON outside /fhir, told in full. */
  Answer post(Region region, String client, String path, JsonNode body) {
    narrator.sent("POST %s%s as %s".formatted(stack.hub(region).address(), path, client), body);
    return postSilently(region, client, path, body);
  }

  Answer postSilently(Region region, String client, String path, JsonNode body) {
    return stack
        .http()
        .send(
            "POST",
            URI.create(stack.hub(region).address() + path),
            stack.tokens().of(region, client),
            "application/json",
            body.toString());
  }

  /** The resources of a search set. */
  static Stream<JsonNode> entries(JsonNode bundle) {
    return StreamSupport.stream(bundle.path("entry").spliterator(), false)
        .map(entry -> entry.path("resource"));
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Optional<JsonNode> identifier(JsonNode resource, String system) {
    return each(resource.path("identifier"))
        .filter(identifier -> identifier.path("system").asText().equals(system))
        .findFirst();
  }
}
