package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;

/** What a caller is told of a resource it gets nothing of: the same as by a read. */
public final class Absence {
  private Absence() {}

  /** Whoever may not see everything is not told whether there is anything. */
  public static HubException of(ResourceKey key, ReadFilter filter) {
    return filter.reach() instanceof Everything
        ? new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", key.reference())
        : new HubException(ErrorCode.NOT_PERMITTED, "");
  }

  /**
   * The current version.
   *
   * @throws HubException as a read of it would
   */
  public static StoredResource require(ReadResource read, ResourceKey key, ReadFilter filter) {
    var found = read.current(key, filter).orElseThrow(() -> of(key, filter));
    if (found.deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    return found;
  }
}
