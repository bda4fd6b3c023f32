package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The quasi-identifiers of one person as they are told; one that is missing is not told. Persons of
 * equal traits are one class (GB/T 37964: 等价类).
 */
public record Traits(Map<QuasiIdentifier, String> told) {
  public Traits {
    told = Map.copyOf(told);
  }

  /**
   * @param patients those of one person, as they would be given: of each trait the first that is
   *     told counts
   */
  public static Traits of(Collection<ObjectNode> patients, List<QuasiIdentifier> which) {
    var told = new EnumMap<QuasiIdentifier, String>(QuasiIdentifier.class);
    for (var each : which) {
      patients.stream()
          .flatMap(patient -> each.of(patient).stream())
          .findFirst()
          .ifPresent(value -> told.put(each, value));
    }
    return new Traits(told);
  }

  Traits without(QuasiIdentifier given) {
    var left = new EnumMap<QuasiIdentifier, String>(QuasiIdentifier.class);
    told.forEach(
        (each, value) -> {
          if (each != given) {
            left.put(each, value);
          }
        });
    return new Traits(left);
  }

  /** Makes a Patient tell these and no others. */
  public void tellIn(ObjectNode patient) {
    for (var each : QuasiIdentifier.values()) {
      patient.remove(each.element());
    }
    told.forEach((each, value) -> each.set(patient, value));
  }
}
