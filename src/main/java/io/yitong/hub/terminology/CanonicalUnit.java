package io.yitong.hub.terminology;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a unit of UCUM comes to in base units: quantities of one kind compare by their values times
 * their factors (5 g and 5000 mg).
 *
 * @param kind the same for all units that measure the same kind of quantity
 */
public record CanonicalUnit(BigDecimal factor, String kind) {
  /** Units come from outside; so many are remembered and no more. */
  private static final int REMEMBERED = 4096;

  private static final UcumReader READER = UcumReader.load();
  private static final Map<String, Optional<CanonicalUnit>> KNOWN = new ConcurrentHashMap<>();

  /** Empty when this is not UCUM. */
  public static Optional<CanonicalUnit> of(String ucum) {
    var known = KNOWN.get(ucum);
    if (known != null) {
      return known;
    }
    var unit =
        READER.read(ucum).map(sense -> new CanonicalUnit(sense.factor(), sense.kind().toString()));
    if (KNOWN.size() < REMEMBERED) {
      KNOWN.put(ucum, unit);
    }
    return unit;
  }
}
