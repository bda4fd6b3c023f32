package io.yitong.hub.api.answer;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where this hub serves FHIR, as others see it. */
@ApplicationScoped
public class HubAddress {
  private final String base;

  HubAddress(@ConfigProperty(name = "yitong.hub.base-url") String hub) {
    this.base = hub + "/fhir";
  }

  public String base() {
    return base;
  }

  /**
   * @param relative {@code Patient/1}
   */
  public String of(String relative) {
    return base + "/" + relative;
  }
}
