package io.yitong.hub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** Tells the story: what was sent, what came back, what was seen to hold. */
public final class Narrator {
  private static final int LINES = 20;
  private static final int WIDTH = 150;

  private final PrintStream out;
  private Chapter chapter;

  public Narrator(PrintStream out) {
    this.out = out;
  }

  void begin(Chapter next) {
    chapter = next;
    out.println();
    out.println(next.title());
  }

  void note(String text) {
    out.println("   " + text);
  }

  void sent(String where, String text) {
    out.println("   → " + where);
    print(text);
  }

  void received(String text) {
    out.println("   ←");
    print(text);
  }

  /** A line per field, so that the reader sees all of them; long ones are cut. */
  void received(JsonNode json) {
    received(lines(json));
  }

  void sent(String where, JsonNode json) {
    sent(where, lines(json));
  }

  /** A claim that has to be true for the story to go on. */
  void check(String claim, boolean holds, Object seen) {
    if (!holds) {
      out.println("   ✗ " + claim + " — " + seen);
      throw new StepFailed(chapter, claim + " — " + seen);
    }
    out.println("   ✓ " + claim);
  }

  private static String lines(JsonNode json) {
    var text = new StringBuilder();
    if (json.isArray()) {
      json.forEach(element -> text.append(lines(element)).append('\n'));
    } else {
      json.fields()
          .forEachRemaining(
              field ->
                  text.append(field.getKey()).append(": ").append(field.getValue()).append('\n'));
    }
    return text.toString();
  }

  private void print(String text) {
    var lines = text.strip().split("[\\r\\n]+", -1);
    for (var i = 0; i < Math.min(lines.length, LINES); i++) {
      var line = lines[i];
      out.println("     " + (line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line));
    }
    if (lines.length > LINES) {
      out.println("     … " + (lines.length - LINES) + " more lines");
    }
  }
}
