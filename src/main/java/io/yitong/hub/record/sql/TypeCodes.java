package io.yitong.hub.record.sql;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The numbers of resource types in the database; FHIR R4's list is closed, so they never change.
 */
public final class TypeCodes {
  private static final List<ResourceType> IN_ORDER =
      Arrays.stream(ResourceType.values()).sorted(Comparator.comparing(Enum::name)).toList();
  private static final Map<ResourceType, Short> CODES = new EnumMap<>(ResourceType.class);

  static {
    for (var i = 0; i < IN_ORDER.size(); i++) {
      CODES.put(IN_ORDER.get(i), (short) (i + 1));
    }
  }

  private TypeCodes() {}

  public static short of(ResourceType type) {
    return CODES.get(type);
  }

  public static ResourceType type(short code) {
    return IN_ORDER.get(code - 1);
  }

  public static short[] of(Collection<ResourceType> types) {
    var codes = new short[types.size()];
    var i = 0;
    for (var type : types) {
      codes[i++] = of(type);
    }
    Arrays.sort(codes);
    return codes;
  }
}
