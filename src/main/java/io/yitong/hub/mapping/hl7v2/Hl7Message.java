package io.yitong.hub.mapping.hl7v2;

import java.util.List;
import java.util.Optional;

/**
 * One parsed HL7 v2 message of any version from 2.1 to 2.8, with whatever delimiters it declares.
 * Segments stand in the order sent, whether or not the message's structure declares them.
 */
public final class Hl7Message {
  private final Delimiters delimiters;
  private final List<Hl7Segment> segments;

  private Hl7Message(Delimiters delimiters, List<Hl7Segment> segments) {
    this.delimiters = delimiters;
    this.segments = segments;
  }

  /**
   * @param text decoded; a byte-order mark, leading blank lines and any line ends are tolerated
   * @throws io.yitong.hub.fhir.HubException {@link
   *     io.yitong.hub.fhir.ErrorCode#MESSAGE_UNREADABLE} and nothing else
   */
  public static Hl7Message parse(String text) {
    throw new UnsupportedOperationException();
  }

  public Delimiters delimiters() {
    return delimiters;
  }

  public List<Hl7Segment> segments() {
    return segments;
  }

  public Optional<Hl7Segment> first(String segment) {
    return segments.stream().filter(s -> s.name().equals(segment)).findFirst();
  }

  /**
   * @param path segment, field and component, for example {@code PID-3.1} or {@code MSH-10}; the
   *     first repetition of the first such segment
   * @return unescaped; empty when there is none
   */
  public String value(String path) {
    throw new UnsupportedOperationException();
  }

  /** MSH-3, whole. */
  public String sendingApplication() {
    return msh(3);
  }

  /** MSH-4, whole. */
  public String sendingFacility() {
    return msh(4);
  }

  /** MSH-5, whole. */
  public String receivingApplication() {
    return msh(5);
  }

  /** MSH-6, whole. */
  public String receivingFacility() {
    return msh(6);
  }

  /** MSH-7 as written. */
  public String dateTime() {
    return msh(7);
  }

  /** MSH-9.1, for example {@code ADT}. */
  public String type() {
    return value("MSH-9.1");
  }

  /** MSH-9.2, for example {@code A04}. */
  public String trigger() {
    return value("MSH-9.2");
  }

  /** {@code ADT^A04}, whatever the message's own component separator. */
  public String typeAndTrigger() {
    return type() + "^" + trigger();
  }

  /** MSH-10. */
  public String controlId() {
    return value("MSH-10");
  }

  /** MSH-11.1. */
  public String processingId() {
    return value("MSH-11.1");
  }

  /** MSH-12.1. */
  public String version() {
    return value("MSH-12.1");
  }

  /** MSH-15. */
  public String acceptAcknowledgement() {
    return value("MSH-15");
  }

  /** MSH-16. */
  public String applicationAcknowledgement() {
    return value("MSH-16");
  }

  /** MSH-18, first repetition. */
  public String charset() {
    return value("MSH-18");
  }

  private String msh(int field) {
    return segments.get(0).field(field);
  }
}
