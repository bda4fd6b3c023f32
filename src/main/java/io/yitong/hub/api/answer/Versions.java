package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version numbers as ETags have them: {@code W/"3"}, {@code "3"} or the number by itself. */
public final class Versions {
  /** If-None-Match with a star: there must be none. */
  public static final int NONE = 0;

  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"?)([0-9]{1,9})\\1");

  private Versions() {}

  /**
   * @param header its name, for the refusal
   */
  public static int parse(String header, String tag) {
    var match = TAG.matcher(tag.trim());
    if (!match.matches()) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, header, header, tag);
    }
    return Integer.parseInt(match.group(2));
  }

  /**
   * What must be there for a write to be done.
   *
   * @param ifMatch null when there is none
   * @param ifNoneMatch null when there is none
   */
  public static Optional<Integer> expected(String ifMatch, String ifNoneMatch) {
    if (ifMatch != null) {
      return Optional.of(parse("If-Match", ifMatch));
    }
    if (ifNoneMatch == null) {
      return Optional.empty();
    }
    if (!ifNoneMatch.trim().equals("*")) {
      throw new HubException(
          ErrorCode.PARAMETER_INVALID, "If-None-Match", "If-None-Match", ifNoneMatch);
    }
    return Optional.of(NONE);
  }
}
