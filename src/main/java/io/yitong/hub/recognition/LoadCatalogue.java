package io.yitong.hub.recognition;

import io.yitong.hub.recognition.decision.Catalogue;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Loads the catalogue once, when it is first asked for; a fault in its files stops the start. */
@Dependent
class LoadCatalogue {
  @Produces
  @Singleton
  Catalogue catalogue() {
    return Catalogue.load();
  }
}
