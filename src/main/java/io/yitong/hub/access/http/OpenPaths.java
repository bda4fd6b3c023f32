package io.yitong.hub.access.http;

import java.util.Set;

/**
 * What anybody may ask without a token, by application.yaml, and gets the same answer; health
 * excepted.
 */
final class OpenPaths {
  private static final Set<String> ALL =
      Set.of(
          "/fhir/metadata",
          "/.well-known/smart-configuration",
          "/fhir/.well-known/smart-configuration",
          "/cds-services");

  private OpenPaths() {}

  static boolean contain(String path) {
    return ALL.contains(path);
  }
}
