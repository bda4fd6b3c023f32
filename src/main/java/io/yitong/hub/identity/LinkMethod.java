package io.yitong.hub.identity;

import java.util.Locale;

/** How a Patient came to its person. */
enum LinkMethod {
  /** A resident ID that holds. */
  RESIDENT_ID,
  /** No certain identifier: the institution's number has a person of its own. */
  INSTITUTION_NUMBER,
  /** Its number was merged into another of the same institution. */
  MERGED,
  /** A person took the link back. */
  TAKEN_BACK;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static LinkMethod of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether the person is the Patient's alone and no certain identifier leads to it. */
  boolean hasPersonOfItsOwn() {
    return this == INSTITUTION_NUMBER || this == TAKEN_BACK;
  }
}
