package io.yitong.hub.mapping.hl7v2;

/** One segment; fields, repetitions and components count from 1. */
public interface Hl7Segment {
  String name();

  /** A field as written, repetitions, components and escapes included; empty when absent. */
  String field(int field);
}
