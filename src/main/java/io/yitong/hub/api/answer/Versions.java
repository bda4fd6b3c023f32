package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.regex.Pattern;

/** Version numbers as ETags have them: {@code W/"3"}. */
public final class Versions {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"?([0-9]{1,9})\"?");

  private Versions() {}

  public static int parse(String tag) {
    var match = TAG.matcher(tag.trim());
    if (!match.matches()) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "If-Match", "If-Match", tag);
    }
    return Integer.parseInt(match.group(1));
  }
}
