package io.yitong.hub.recognition.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * What is ordered and charged for.
 *
 * @param required analytes that must all be covered before the order may be withdrawn
 * @param optional analytes shown when there is a result, but not waited for
 */
public record ChargeItem(
    String code,
    String chinese,
    String english,
    Price price,
    List<Loinc> required,
    List<Loinc> optional) {
  public ChargeItem {
    required = List.copyOf(required);
    optional = List.copyOf(optional);
    if (required.isEmpty()) {
      throw new IllegalArgumentException(code + " requires no analyte");
    }
  }

  /** A single analyte ordered by its LOINC code. */
  static ChargeItem of(Item item) {
    return new ChargeItem(
        item.loinc().code(),
        item.chinese(),
        item.english(),
        item.price(),
        List.of(item.loinc()),
        List.of());
  }

  public List<Loinc> analytes() {
    var all = new ArrayList<>(required);
    all.addAll(optional);
    return all;
  }
}
