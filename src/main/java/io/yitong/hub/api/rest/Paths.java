package io.yitong.hub.api.rest;

/** Parts of addresses (FHIR R4, 3.1.0.1.2). What an id may not be is told, not left unanswered. */
final class Paths {
  static final String TYPE = "{type:[A-Z][A-Za-z]+}";
  static final String ID = "{id:[^$_%/][^/]*}";
  static final String INSTANCE = TYPE + "/" + ID;
  static final String HISTORY = "_history";

  private Paths() {}
}
