package io.yitong.hub.record.search.criteria;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.index.Building;
import java.util.EnumSet;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** What a search that is not understood is answered. */
public final class Refusal {
  /** What {@code Prefer: handling=lenient} leaves out instead (FHIR R4, 3.1.1.1). */
  private static final Set<ErrorCode> NOT_UNDERSTOOD =
      EnumSet.of(
          ErrorCode.SEARCH_PARAMETER_UNKNOWN,
          ErrorCode.SEARCH_PARAMETER_NOT_READY,
          ErrorCode.SEARCH_MODIFIER_UNKNOWN);

  private Refusal() {}

  /** Unknown, or defined and not yet indexed. */
  public static HubException unknown(String criterion, ResourceType type, String name) {
    var colon = name.indexOf(':');
    return Building.progress(type, colon < 0 ? name : name.substring(0, colon))
        .map(
            progress ->
                new HubException(
                    ErrorCode.SEARCH_PARAMETER_NOT_READY, criterion, type.name(), name, progress))
        .orElseGet(
            () ->
                new HubException(ErrorCode.SEARCH_PARAMETER_UNKNOWN, criterion, type.name(), name));
  }

  public static HubException modifier(String criterion, String name, String modifier) {
    return new HubException(ErrorCode.SEARCH_MODIFIER_UNKNOWN, criterion, name, modifier);
  }

  /**
   * @param expected the form a valid value has
   */
  public static HubException value(String criterion, String value, String expected) {
    return new HubException(
        ErrorCode.SEARCH_VALUE_INVALID, criterion, criterion, shortened(value), expected);
  }

  public static boolean isIgnorable(HubException refusal) {
    return NOT_UNDERSTOOD.contains(refusal.code());
  }

  private static String shortened(String value) {
    return value.length() <= 100 ? value : value.substring(0, 100) + "…";
  }
}
