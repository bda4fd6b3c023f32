package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.chain.Head;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What the hub signs about its audit, line by line so that it can be read, and checked, without it.
 *
 * @param number from 1 on, without a gap, for each kind
 * @param previous SHA-256 of the text of the one before, of its kind; zeros for the first
 * @param checkpoint number of the checkpoint; for an expiry, of that up to which rows were removed
 * @param heads of all chains; for an expiry, those up to which rows were removed
 */
record Statement(
    Kind kind,
    String hub,
    int number,
    Instant at,
    String previous,
    int checkpoint,
    List<Head> heads) {
  static final String NONE_BEFORE = "0".repeat(64);

  private static final HexFormat HEX = HexFormat.of();
  private static final int FIRST_HEAD = 6;

  enum Kind {
    CHECKPOINT("yitong-audit-checkpoint/1", "audit_checkpoint"),
    EXPIRY("yitong-audit-expiry/1", "audit_expiry");

    private final String title;
    private final String table;

    Kind(String title, String table) {
      this.title = title;
      this.table = table;
    }

    String table() {
      return table;
    }
  }

  Statement {
    heads = List.copyOf(heads);
  }

  String text() {
    var text = new StringBuilder(kind.title).append('\n');
    line(text, "hub", hub);
    line(text, "number", number);
    line(text, "at", at);
    line(text, "previous", previous);
    line(text, "checkpoint", checkpoint);
    for (var head : heads) {
      line(text, "chain", head.chain() + " " + head.seq() + " " + HEX.formatHex(head.hash()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  static String hash(String text) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalArgumentException when it is none of that kind
   */
  static Statement parse(Kind kind, String text) {
    try {
      var lines = text.lines().toList();
      if (!lines.get(0).equals(kind.title)) {
        throw new IllegalArgumentException("not a " + kind.title);
      }
      var statement =
          new Statement(
              kind,
              value(lines, 1, "hub"),
              Integer.parseInt(value(lines, 2, "number")),
              Instant.parse(value(lines, 3, "at")),
              value(lines, 4, "previous"),
              Integer.parseInt(value(lines, 5, "checkpoint")),
              heads(lines));
      if (!statement.text().equals(text)) {
        throw new IllegalArgumentException("not written as this hub writes it");
      }
      return statement;
    } catch (IndexOutOfBoundsException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("broken off, or not dated", e);
    }
  }

  private static List<Head> heads(List<String> lines) {
    var heads = new ArrayList<Head>();
    for (var i = FIRST_HEAD; i < lines.size(); i++) {
      var parts = value(lines, i, "chain").split(" ", 3);
      heads.add(
          new Head(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), HEX.parseHex(parts[2])));
    }
    return heads;
  }

  private static String value(List<String> lines, int at, String name) {
    var line = lines.get(at);
    if (!line.startsWith(name + " ")) {
      throw new IllegalArgumentException("line %d is not %s".formatted(at + 1, name));
    }
    return line.substring(name.length() + 1);
  }
}
