package io.yitong.hub.mapping.hl7v2;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** A segment while it is mapped: remembers which fields were looked at, for the coverage report. */
final class Fields {
  private final Hl7Segment segment;
  private final BitSet read = new BitSet();

  Fields(Hl7Segment segment) {
    this.segment = segment;
  }

  String name() {
    return segment.name();
  }

  boolean has(int field) {
    return segment.has(field);
  }

  /** All of the first repetition, unescaped. */
  String text(int field) {
    return value(field).text();
  }

  /** A component of the first repetition. */
  String component(int field, int component) {
    return value(field).component(component);
  }

  Hl7Value value(int field) {
    read.set(field);
    return segment.value(field);
  }

  List<Hl7Value> values(int field) {
    read.set(field);
    return segment.values(field);
  }

  /** A field that is no list even where the repetition separator stands in it. */
  String whole(int field) {
    read.set(field);
    return segment.text(field);
  }

  /** Fields that number or steer and say nothing of the patient. */
  void understood(int... fields) {
    for (var field : fields) {
      read.set(field);
    }
  }

  /** What was read but could not be used: it counts as unmapped after all. */
  void notUnderstood(int field) {
    read.clear(field);
  }

  void addUnread(Set<String> unmapped) {
    for (var field = 1; field <= segment.size(); field++) {
      if (!read.get(field) && segment.has(field)) {
        unmapped.add(segment.name() + "-" + field);
      }
    }
  }
}
