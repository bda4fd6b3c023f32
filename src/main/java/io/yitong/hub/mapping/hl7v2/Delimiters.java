package io.yitong.hub.mapping.hl7v2;

/** The separators a message declares in MSH-1 and MSH-2. */
public record Delimiters(
    char field, char component, char repetition, char escape, char subcomponent) {
  public static final Delimiters USUAL = new Delimiters('|', '^', '~', '\\', '&');

  /** MSH-2 as written. */
  public String encodingCharacters() {
    return new String(new char[] {component, repetition, escape, subcomponent});
  }
}
