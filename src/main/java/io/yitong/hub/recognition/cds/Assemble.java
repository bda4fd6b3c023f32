package io.yitong.hub.recognition.cds;

import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.DecideRecognition;
import io.yitong.hub.terminology.Units;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is pure, made ready for those that are injected. */
@Dependent
class Assemble {
  @Produces
  @Singleton
  DecideRecognition decide(Units units) {
    return new DecideRecognition(units::convert);
  }

  @Produces
  @Singleton
  ComposeCards compose(
      Catalogue catalogue, @ConfigProperty(name = "yitong.hub.base-url") String baseUrl) {
    return new ComposeCards(catalogue, baseUrl);
  }
}
