package io.yitong.hub.feed;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Mapped.Refusal;

/**
 * Why a message was not applied.
 *
 * @param where segment, field or column; empty when it is about none
 */
record Objection(ErrorCode code, String where, String chinese, String english) {
  static Objection of(ErrorCode code, String where, Object... arguments) {
    return new Objection(code, where, code.chinese(arguments), code.english(arguments));
  }

  static Objection of(Refusal refusal) {
    return of(refusal.code(), refusal.where(), refusal.arguments().toArray());
  }

  static Objection of(HubException e) {
    return new Objection(e.code(), e.where(), e.chinese(), e.english());
  }
}
