package io.yitong.hub.access.token;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.TokenIntrospection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Asks the issuer of a token whether it is still good (RFC 7662): not revoked, its session not
 * ended, its client not disabled, not issued before the issuer's not-before.
 */
@ApplicationScoped
class AskIssuer {
  private final Tenants tenants;
  private final Duration timeout;

  AskIssuer(Tenants tenants, TokenSettings settings) {
    this.tenants = tenants;
    this.timeout = settings.issuerTimeout();
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
        .subscribeAsCompletionStage();
  }
}
