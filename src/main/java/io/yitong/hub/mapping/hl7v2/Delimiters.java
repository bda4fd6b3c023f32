package io.yitong.hub.mapping.hl7v2;

import ca.uhn.hl7v2.parser.EncodingCharacters;

/** The separators a message declares in MSH-1 and MSH-2. */
public record Delimiters(
    char field, char component, char repetition, char escape, char subcomponent) {
  public static final Delimiters USUAL = new Delimiters('|', '^', '~', '\\', '&');

  /**
   * @param encodingCharacters MSH-2 as written; what is left out has its usual meaning (before v2.3
   *     some senders wrote fewer than four)
   */
  static Delimiters declared(char field, String encodingCharacters) {
    var usual = USUAL.encodingCharacters();
    var four =
        encodingCharacters.length() >= 4
            ? encodingCharacters
            : encodingCharacters + usual.substring(encodingCharacters.length());
    var read = new EncodingCharacters(field, four.substring(0, 4));
    return new Delimiters(
        read.getFieldSeparator(),
        read.getComponentSeparator(),
        read.getRepetitionSeparator(),
        read.getEscapeCharacter(),
        read.getSubcomponentSeparator());
  }

  /** MSH-2 as written. */
  public String encodingCharacters() {
    return new String(new char[] {component, repetition, escape, subcomponent});
  }
}
