package io.yitong.hub.terminology;

import java.util.Map;
import java.util.Optional;

/**
 * One institution's laboratory codes.
 *
 * @param rows by local code
 */
record CodeMap(Map<String, Row> rows) {
  static final CodeMap EMPTY = new CodeMap(Map.of());

  /**
   * @param loinc empty for a code known to have none
   * @param unit UCUM, of the kind of quantity the LOINC code measures; empty when it measures none
   */
  record Row(String code, String display, Optional<String> loinc, Optional<String> unit) {}

  CodeMap {
    rows = Map.copyOf(rows);
  }

  Optional<Row> of(String code) {
    return Optional.ofNullable(rows.get(code));
  }
}
