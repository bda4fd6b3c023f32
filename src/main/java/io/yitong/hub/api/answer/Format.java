package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The two serialisations (FHIR R4, 3.1.0.1.10). */
public enum Format {
  JSON(
      "application/fhir+json",
      Set.of(
          "json",
          "application/json",
          "application/fhir+json",
          "application/json+fhir",
          "text/json")),
  XML(
      "application/fhir+xml",
      Set.of("xml", "application/xml", "application/fhir+xml", "application/xml+fhir", "text/xml"));

  private static final Pattern VERSION =
      Pattern.compile(";\\s*fhirVersion\\s*=\\s*\"?([^\";\\s]*)\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)\"?", Pattern.CASE_INSENSITIVE);

  private final String mediaType;
  private final Set<String> names;

  Format(String mediaType, Set<String> names) {
    this.mediaType = mediaType;
    this.names = names;
  }

  public String mediaType() {
    return mediaType;
  }

  public String contentType() {
    return mediaType + ";charset=utf-8";
  }

  /**
   * @param parameter {@code _format}, which goes before the header
   * @param accept the header Accept, all its values joined by commas; empty when there is none
   * @throws HubException FORMAT_NOT_SUPPORTED
   */
  public static Format asked(Optional<String> parameter, String accept) {
    if (parameter.isPresent()) {
      return named(parameter.get().replace(' ', '+'))
          .orElseThrow(() -> new HubException(ErrorCode.FORMAT_NOT_SUPPORTED, "_format"));
    }
    return accept.isBlank()
        ? JSON
        : Accept.best(accept)
            .orElseThrow(() -> new HubException(ErrorCode.FORMAT_NOT_SUPPORTED, "Accept"));
  }

  /**
   * What a body is sent in; without a Content-Type, JSON.
   *
   * @throws HubException CONTENT_TYPE_UNSUPPORTED
   */
  public static Format sent(String contentType) {
    if (contentType == null) {
      return JSON;
    }
    var charset = CHARSET.matcher(contentType);
    if (charset.find() && !charset.group(1).equalsIgnoreCase("utf-8")) {
      throw new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", contentType);
    }
    return named(contentType)
        .orElseThrow(
            () ->
                new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Content-Type", contentType));
  }

  /** Another release of FHIR is another format. */
  static Optional<Format> named(String mediaType) {
    var version = VERSION.matcher(mediaType);
    if (version.find() && !version.group(1).equals("4.0") && !version.group(1).equals("4.0.1")) {
      return Optional.empty();
    }
    var semicolon = mediaType.indexOf(';');
    var name =
        (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
            .trim()
            .toLowerCase(Locale.ROOT);
    for (var format : values()) {
      if (format.names.contains(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
