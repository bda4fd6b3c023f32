package io.yitong.hub.access.token;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.TokenIntrospection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Asks the issuer of a token whether it is still good (RFC 7662): not revoked, its session not
 * ended, its client not disabled, not issued before the issuer's not-before.
 */
@ApplicationScoped
class AskIssuer {
  private static final Logger LOG = Logger.getLogger(AskIssuer.class);

  /** Every request may fail for the same reason; one line in this time says it. */
  private static final Duration SAID_ENOUGH = Duration.ofSeconds(10);

  private final Tenants tenants;
  private final Duration timeout;
  private final MeterRegistry meters;
  private final Clock clock;
  private final AtomicLong said = new AtomicLong();

  AskIssuer(Tenants tenants, TokenSettings settings, MeterRegistry meters, Clock clock) {
    this.tenants = tenants;
    this.timeout = settings.issuerTimeout();
    this.meters = meters;
    this.clock = clock;
  }

  /** An exception when it could not be asked. */
  CompletionStage<Boolean> active(String tenant, String token) {
    var context = tenants.context(tenant);
    var metadata = context.getOidcMetadata();
    if (metadata == null || metadata.getIntrospectionUri() == null) {
      throw new OIDCException("the issuer of %s offers no token introspection".formatted(tenant));
    }
    return Uni.createFrom()
        .deferred(() -> context.getOidcProviderClient().introspectAccessToken(token))
        .map(TokenIntrospection::isActive)
        .ifNoItem()
        .after(timeout)
        .failWith(() -> new OIDCException("no answer within " + timeout))
        .onItem()
        .invoke(active -> count(active ? "active" : "inactive"))
        .onFailure()
        .invoke(failure -> warn(tenant, failure))
        .subscribeAsCompletionStage();
  }

  private void count(String answer) {
    meters.counter("yitong.token.questions", "answer", answer).increment();
  }

  private void warn(String tenant, Throwable failure) {
    count("none");
    var now = clock.millis();
    var last = said.get();
    if (now - last >= SAID_ENOUGH.toMillis() && said.compareAndSet(last, now)) {
      LOG.warnf("issuer=not-asked tenant=%s reason=%s", tenant, failure);
    }
  }
}
