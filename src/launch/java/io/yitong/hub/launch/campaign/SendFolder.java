package io.yitong.hub.launch.campaign;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Stack;
import io.yitong.hub.launch.demo.Mllp;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Sends every message of every {@code .hl7} file of a folder to the Linshui hub as the trial sender
 * (camel-routes/institutions/511623-trial-sender.yaml) and tabulates the answers. A message begins
 * at a line that starts with MSH, byte-order mark or not; what stands before the first is comment.
 */
public final class SendFolder implements Campaign {
  private static final int TRIAL_SENDER_PORT = 2599;
  private static final Pattern MESSAGE_START = Pattern.compile("(?m)^\\uFEFF?(?=MSH)");

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public String purpose() {
    return "FOLDER: sends every HL7 v2 message of the folder's .hl7 files and tabulates the"
        + " answers";
  }

  @Override
  public boolean run(Stack stack, List<String> words, PrintStream out) throws Exception {
    if (words.isEmpty()) {
      throw new LaunchFailure("Which folder? ./yitong campaign messages FOLDER");
    }
    var port = TRIAL_SENDER_PORT + stack.settings().feedPortOffset();
    var answers = new TreeMap<String, Integer>();
    var unanswered = 0;
    for (var file : files(Path.of(words.get(0)))) {
      var number = 0;
      for (var message : messages(Files.readString(file, StandardCharsets.UTF_8))) {
        number++;
        var answer = send(port, message);
        out.printf("%-20s %2d  %-10s %s%n", file.getFileName(), number, type(message), answer);
        answers.merge(answer.split(" ", 2)[0], 1, Integer::sum);
        unanswered += answer.startsWith("none") ? 1 : 0;
      }
    }
    out.println();
    answers.forEach((code, count) -> out.printf("%-5s %d%n", code, count));
    return unanswered == 0;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".hl7")).sorted().toList();
    }
  }

  static List<String> messages(String text) {
    var starts = new ArrayList<Integer>();
    var match = MESSAGE_START.matcher(text);
    while (match.find()) {
      starts.add(match.start());
    }
    var messages = new ArrayList<String>();
    for (var i = 0; i < starts.size(); i++) {
      var end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      var lines = text.substring(starts.get(i), end).strip();
      messages.add(lines.replace("\r\n", "\r").replace('\n', '\r') + "\r");
    }
    return messages;
  }

  private static String send(int port, String message) {
    try {
      var answer = Mllp.send(port, message, StandardCharsets.UTF_8);
      return fields(answer, "MSA", 1) + " " + reason(answer);
    } catch (LaunchFailure e) {
      return "none " + e.getMessage();
    }
  }

  private static String reason(String answer) {
    var where = fields(answer, "ERR", 2);
    return (where + " " + fields(answer, "ERR", 3) + " " + fields(answer, "ERR", 8)).strip();
  }

  private static String type(String message) {
    return fields(message, "MSH", 8);
  }

  private static String fields(String message, String segment, int field) {
    for (var line : message.split("\r", -1)) {
      if (line.replace("\uFEFF", "").startsWith(segment)) {
        var cells = line.split("\\|", -1);
        return cells.length > field ? cells[field] : "";
      }
    }
    return "";
  }
}
