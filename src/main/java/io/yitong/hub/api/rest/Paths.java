package io.yitong.hub.api.rest;

/** Parts of addresses (FHIR R4, 3.1.0.1.2). What an id may not be is told, not left unanswered. */
final class Paths {
  static final String TYPE = "{type:[A-Z][A-Za-z]+}";

  /** Anything but an operation ({@code %24} is a dollar sign) or a name of the API's own. */
  static final String ID = "{id:(?:[^$_%/]|%(?!24))[^/]*}";

  static final String INSTANCE = TYPE + "/" + ID;
  static final String HISTORY = "_history";

  private Paths() {}
}
