package io.yitong.hub.api.interaction;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ResourceKey;

/** Whoever may not see everything is not told whether there is anything. */
final class Absence {
  private Absence() {}

  static HubException of(ResourceKey key, ReadFilter filter) {
    return filter.reach() instanceof Everything
        ? new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", key.reference())
        : new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
