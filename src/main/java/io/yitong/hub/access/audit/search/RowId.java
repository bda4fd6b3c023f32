package io.yitong.hub.access.audit.search;

import java.util.Optional;
import java.util.regex.Pattern;

/** A row's number in its chain; as the id of an AuditEvent {@code chain-seq}. */
public record RowId(int chain, long seq) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

  /** Empty for what is no id of a row. */
  public static Optional<RowId> parse(String id) {
    var text = TEXT.matcher(id);
    return text.matches()
        ? Optional.of(new RowId(Integer.parseInt(text.group(1)), Long.parseLong(text.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return chain + "-" + seq;
  }
}
