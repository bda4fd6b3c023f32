package io.yitong.hub.access.audit.search;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a row stands in the order of time, as a page's link says it.
 *
 * @param at microseconds since 1970
 */
public record Place(long at, RowId id) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,9}-\\d{1,18})");

  /** Empty for what no link of ours says. */
  public static Optional<Place> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? RowId.parse(parts.group(2)).map(id -> new Place(Long.parseLong(parts.group(1)), id))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return at + "-" + id;
  }
}
