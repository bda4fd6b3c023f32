package io.yitong.hub.fhir.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Bytes with parts of them replaced; what lies between is copied as it is. */
public final class Splice {
  private final byte[] source;
  private final int start;
  private final int end;
  private final List<Edit> edits = new ArrayList<>();

  /** An insertion has start = end. */
  private record Edit(int start, int end, String text) {}

  /**
   * @param start of the part that is written, inclusive
   * @param end exclusive
   */
  public Splice(byte[] source, int start, int end) {
    this.source = source;
    this.start = start;
    this.end = end;
  }

  /** Edits may come in any order, and must not overlap. */
  public Splice replace(int from, int to, String text) {
    edits.add(new Edit(from, to, text));
    return this;
  }

  public Splice insert(int at, String text) {
    return replace(at, at, text);
  }

  public Splice remove(int from, int to) {
    return replace(from, to, "");
  }

  public byte[] write() {
    return write(start, end, edits);
  }

  /** What stands before {@code at}, with what is inserted there. */
  byte[] writeUpTo(int at) {
    return write(start, at, edits.stream().filter(edit -> edit.end() <= at).toList());
  }

  /** What stands from {@code at} on, without what is inserted there. */
  byte[] writeFrom(int at) {
    return write(
        at, end, edits.stream().filter(edit -> edit.start() >= at && edit.end() > at).toList());
  }

  private byte[] write(int from, int to, List<Edit> within) {
    var out = new ByteArrayOutputStream(to - from + 64);
    var at = from;
    for (var edit : within.stream().sorted(Comparator.comparingInt(Edit::start)).toList()) {
      out.write(source, at, edit.start() - at);
      out.writeBytes(edit.text().getBytes(StandardCharsets.UTF_8));
      at = edit.end();
    }
    out.write(source, at, to - at);
    return out.toByteArray();
  }

  /** As a JSON string. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
