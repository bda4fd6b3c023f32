package io.yitong.hub.mapping.hl7v2;

/**
 * One repetition of a field. Components and subcomponents count from 1; what is not there is empty,
 * and so is {@code ""}, by which a sender says that a value was deleted.
 */
public final class Hl7Value {
  private static final String DELETED = "\"\"";

  private final String raw;
  private final Delimiters delimiters;

  Hl7Value(String raw, Delimiters delimiters) {
    this.raw = raw;
    this.delimiters = delimiters;
  }

  public boolean isEmpty() {
    for (var i = 0; i < raw.length(); i++) {
      var c = raw.charAt(i);
      if (c != delimiters.component()
          && c != delimiters.subcomponent()
          && c != '"'
          && !Character.isWhitespace(c)) {
        return false;
      }
    }
    return true;
  }

  /** All of it, component separators included, unescaped. */
  public String text() {
    return unescaped(raw);
  }

  /** One component, unescaped; subcomponent separators in it stay as they are. */
  public String component(int component) {
    return unescaped(part(raw, delimiters.component(), component));
  }

  public String subcomponent(int component, int subcomponent) {
    return unescaped(
        part(
            part(raw, delimiters.component(), component), delimiters.subcomponent(), subcomponent));
  }

  /** The component taken for a value of its own, for data types that hold others (CX.4, XCN.9). */
  public Hl7Value nested(int component) {
    var inner = part(raw, delimiters.component(), component);
    return new Hl7Value(
        inner.replace(delimiters.subcomponent(), delimiters.component()), delimiters);
  }

  private String unescaped(String text) {
    return text.equals(DELETED) ? "" : Escapes.undo(text, delimiters).trim();
  }

  static String part(String text, char separator, int number) {
    var from = 0;
    for (var i = 1; i < number; i++) {
      var next = text.indexOf(separator, from);
      if (next < 0) {
        return "";
      }
      from = next + 1;
    }
    var to = text.indexOf(separator, from);
    return to < 0 ? text.substring(from) : text.substring(from, to);
  }

  @Override
  public String toString() {
    return raw;
  }
}
