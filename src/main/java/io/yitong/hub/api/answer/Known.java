package io.yitong.hub.api.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What the reader has already (FHIR R4, 3.1.0.1.5; RFC 9110, 13.1). Tags go before the time.
 *
 * @param tags of the versions it has, without decoration; a star is any
 * @param since when it last read
 */
public record Known(List<String> tags, Optional<Instant> since) {
  public static final Known NOTHING = new Known(List.of(), Optional.empty());

  public Known {
    tags = List.copyOf(tags);
  }

  /**
   * @param ifNoneMatch null when there is none
   * @param ifModifiedSince an HTTP date or, in a Bundle, an instant; what is neither says nothing
   */
  public static Known of(String ifNoneMatch, String ifModifiedSince) {
    return new Known(
        ifNoneMatch == null
            ? List.of()
            : List.of(ifNoneMatch.split(",", -1)).stream().map(Known::bare).toList(),
        Optional.ofNullable(ifModifiedSince).flatMap(Known::moment));
  }

  /** Whether the answer would tell the reader nothing new. */
  public boolean has(Answer answer) {
    if (!tags.isEmpty()) {
      return answer.version().isPresent()
          && (tags.contains("*") || tags.contains(answer.version().get().toString()));
    }
    return since.isPresent()
        && answer
            .lastUpdated()
            .filter(time -> !time.truncatedTo(ChronoUnit.SECONDS).isAfter(since.get()))
            .isPresent();
  }

  /** Tags are compared weakly: with {@code W/} or without, in quotes or not. */
  private static String bare(String tag) {
    var trimmed = tag.trim();
    var strong = trimmed.startsWith("W/") ? trimmed.substring(2) : trimmed;
    return strong.replace("\"", "");
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(
          text.indexOf('T', 4) > 0 && Character.isDigit(text.charAt(0))
              ? Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text))
              : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
