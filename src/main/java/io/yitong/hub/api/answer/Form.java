package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;

/**
 * How an answer is to be written.
 *
 * @param pretty indented, for people
 */
public record Form(Format format, boolean pretty) {
  public static final Form DEFAULT = new Form(Format.JSON, false);

  /**
   * @param accept the header, empty when there is none
   * @throws HubException for a form that is not offered
   */
  public static Form of(Query query, String accept) {
    var pretty = query.one("_pretty").orElse("false");
    if (!pretty.equals("true") && !pretty.equals("false")) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "_pretty", "_pretty", pretty);
    }
    return new Form(Format.asked(query.one("_format"), accept), pretty.equals("true"));
  }

  /**
   * @param json a resource
   */
  public byte[] write(byte[] json) {
    return switch (format) {
      case JSON -> pretty ? JsonText.indented(json) : json;
      case XML -> XmlText.ofJson(json, pretty);
    };
  }
}
