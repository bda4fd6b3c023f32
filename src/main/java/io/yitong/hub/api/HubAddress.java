package io.yitong.hub.api;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this hub serves FHIR, as others see it. */
@ApplicationScoped
class HubAddress {
  private final String base;

  HubAddress(@ConfigProperty(name = "yitong.hub.base-url") String hub) {
    this.base = hub + "/fhir";
  }

  String base() {
    return base;
  }

  /**
   * @param relative {@code Patient/1}
   */
  String of(String relative) {
    return base + "/" + relative;
  }
}
