package io.yitong.hub.record;

import io.yitong.hub.fhir.ReadFilter;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds resources by their search parameters (FHIR R4, 3.1.1). */
@ApplicationScoped
public class SearchRecord {
  /**
   * @throws io.yitong.hub.fhir.HubException for an unknown parameter or modifier or an invalid
   *     value
   */
  public SearchPage search(SearchQuery query, ReadFilter filter) {
    throw new UnsupportedOperationException();
  }
}
