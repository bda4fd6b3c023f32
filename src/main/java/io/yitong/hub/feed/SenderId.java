package io.yitong.hub.feed;

import io.yitong.hub.fhir.InstitutionId;

/** One feed of one institution, for example {@code 511623-people-hospital/lis}. */
public record SenderId(InstitutionId institution, String feed) {
  @Override
  public String toString() {
    return institution.name() + "/" + feed;
  }
}
