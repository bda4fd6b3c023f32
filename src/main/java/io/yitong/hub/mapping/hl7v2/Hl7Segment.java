package io.yitong.hub.mapping.hl7v2;

import java.util.ArrayList;
import java.util.List;

/** One segment; fields and repetitions count from 1. */
public final class Hl7Segment {
  private final String name;
  private final String[] fields;
  private final Delimiters delimiters;

  /**
   * @param fields field n at index n; index 0 is not used; null where there is none
   */
  Hl7Segment(String name, String[] fields, Delimiters delimiters) {
    this.name = name;
    this.fields = fields;
    this.delimiters = delimiters;
  }

  public String name() {
    return name;
  }

  /** The highest field number that stands in the message. */
  public int size() {
    return fields.length - 1;
  }

  /** A field as written, repetitions, components and escapes included; empty when absent. */
  public String field(int field) {
    if (field >= fields.length || fields[field] == null) {
      return "";
    }
    return fields[field];
  }

  /** Whether the field says anything: not only separators, blanks or {@code ""}. */
  public boolean has(int field) {
    var raw = field(field);
    if (raw.isEmpty()) {
      return false;
    }
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c != delimiters.repetition()
          && c != delimiters.component()
          && c != delimiters.subcomponent()
          && c != '"'
          && !Character.isWhitespace(c)) {
        return true;
      }
    }
    return false;
  }

  /** The first repetition. */
  public Hl7Value value(int field) {
    return new Hl7Value(Hl7Value.part(field(field), delimiters.repetition(), 1), delimiters);
  }

  /** The repetitions that are not empty. */
  public List<Hl7Value> values(int field) {
    var raw = field(field);
    if (raw.isEmpty()) {
      return List.of();
    }
    var values = new ArrayList<Hl7Value>(1);
    var from = 0;
    while (from <= raw.length()) {
      var to = raw.indexOf(delimiters.repetition(), from);
      to = to < 0 ? raw.length() : to;
      var value = new Hl7Value(raw.substring(from, to), delimiters);
      if (!value.isEmpty()) {
        values.add(value);
      }
      from = to + 1;
    }
    return values;
  }

  /** A field unescaped but not taken apart. */
  public String text(int field) {
    return new Hl7Value(field(field), delimiters).text();
  }

  @Override
  public String toString() {
    return name;
  }
}
