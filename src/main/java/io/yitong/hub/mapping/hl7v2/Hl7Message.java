package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.HubException;
import java.util.List;
import java.util.Optional;

/**
 * One parsed HL7 v2 message of any version from 2.1 to 2.8, with whatever delimiters it declares.
 * Segments stand in the order sent, whether or not the message's structure declares them.
 */
public final class Hl7Message {
  private final Delimiters delimiters;
  private final List<Hl7Segment> segments;

  Hl7Message(Delimiters delimiters, List<Hl7Segment> segments) {
    this.delimiters = delimiters;
    this.segments = List.copyOf(segments);
  }

  /**
   * @param text decoded; a byte-order mark, leading blank lines and any line ends are tolerated
   * @throws HubException {@link io.yitong.hub.fhir.ErrorCode#MESSAGE_UNREADABLE} and nothing else
   */
  public static Hl7Message parse(String text) {
    return ParseHl7Message.parse(text);
  }

  public Delimiters delimiters() {
    return delimiters;
  }

  public List<Hl7Segment> segments() {
    return segments;
  }

  public Optional<Hl7Segment> first(String segment) {
    for (var candidate : segments) {
      if (candidate.name().equals(segment)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * @param path segment, field and component, for example {@code PID-3.1} or {@code MSH-10}; the
   *     first repetition of the first such segment
   * @return unescaped; empty when there is none
   */
  public String value(String path) {
    var dash = path.indexOf('-');
    var dot = path.indexOf('.', dash);
    var segment = first(path.substring(0, dash));
    if (segment.isEmpty()) {
      return "";
    }
    var field = Integer.parseInt(path, dash + 1, dot < 0 ? path.length() : dot, 10);
    if (segment.get().name().equals("MSH") && field <= 2) {
      return segment.get().field(field);
    }
    var value = segment.get().value(field);
    return dot < 0
        ? value.text()
        : value.component(Integer.parseInt(path, dot + 1, path.length(), 10));
  }

  /** MSH-3, whole, as written. */
  public String sendingApplication() {
    return msh(3);
  }

  /** MSH-4, whole, as written. */
  public String sendingFacility() {
    return msh(4);
  }

  /** MSH-5, whole, as written. */
  public String receivingApplication() {
    return msh(5);
  }

  /** MSH-6, whole, as written. */
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

  /**
   * MSH-9.2, for example {@code A04}; where a sender leaves it out, the EVN segment says it (EVN-1,
   * v2.1).
   */
  public String trigger() {
    var trigger = value("MSH-9.2");
    return trigger.isEmpty() ? value("EVN-1") : trigger;
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
