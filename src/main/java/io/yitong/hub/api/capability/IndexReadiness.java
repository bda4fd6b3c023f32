package io.yitong.hub.api.capability;

import io.yitong.hub.record.index.IndexRules;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this process may serve: not when a newer release has taken over the index. While what is
 * stored is being indexed anew it may, and says how far that is.
 */
@Readiness
@ApplicationScoped
public class IndexReadiness implements HealthCheck {
  @Override
  public HealthCheckResponse call() {
    var stored = IndexRules.stored();
    var response =
        HealthCheckResponse.named("index-rules")
            .status(!stored.isAhead())
            .withData("release", IndexRules.VERSION)
            .withData("stored", stored.version());
    if (stored.isBehind()) {
      response.withData("progress", stored.progress());
    }
    return response.build();
  }
}
