package io.yitong.hub.access.token;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Stands before the OIDC extension's mechanism: a token that was verified, and of which its issuer
 * said within {@link Confirmation#LIMIT} that it is good, costs a digest and a look into a table.
 * Everything else the extension verifies, signature and claims, and the issuer is asked about. When
 * it cannot be asked, nobody is let in.
 */
@ApplicationScoped
class AuthenticateBearer implements HttpAuthenticationMechanism {
  /** Attribute of an identity: the {@link Bearer} of the token sent. */
  static final String TOKEN = "yitong.bearer";

  /** Attribute of an identity: the {@link Bearer} of a session of the console. */
  static final String SESSION = "yitong.session";

  private static final String SCHEME = "bearer ";

  private final OidcAuthenticationMechanism oidc;
  private final KnownTokens known;
  private final AskIssuer issuer;
  private final Tenants tenants;

  AuthenticateBearer(
      OidcAuthenticationMechanism oidc, KnownTokens known, AskIssuer issuer, Tenants tenants) {
    this.oidc = oidc;
    this.known = known;
    this.issuer = issuer;
    this.tenants = tenants;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager manager) {
    if (ResolveTenant.isConsole(request)) {
      return oidc.authenticate(request, manager).onItem().ifNotNull().transformToUni(this::session);
    }
    var headers = request.request().headers().getAll(HttpHeaderNames.AUTHORIZATION);
    if (headers.isEmpty()) {
      return Uni.createFrom().nullItem();
    }
    if (headers.size() > 1) {
      return refused("more than one Authorization header");
    }
    var header = headers.get(0);
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? bearer(request, manager, header.substring(SCHEME.length()).trim())
        : Uni.createFrom().nullItem();
  }

  private Uni<SecurityIdentity> bearer(
      RoutingContext request, IdentityProviderManager manager, String token) {
    var digest = TokenDigest.of(token);
    var found = known.find(digest);
    if (found.isPresent()) {
      return confirmed(found.get(), token);
    }
    if (known.isRefused(digest)) {
      return refused("refused a moment ago");
    }
    var tenant = tenants.of(token);
    request.put(ResolveTenant.DECIDED, tenant);
    return oidc.authenticate(request, manager)
        .onFailure(AuthenticationFailedException.class)
        .invoke(() -> known.refuse(digest))
        .onItem()
        .ifNotNull()
        .transformToUni(verified -> confirmed(remember(digest, verified, token, tenant), token));
  }

  /**
   * @throws AuthenticationFailedException for a genuine token that is no access token
   */
  private KnownTokens.Known remember(
      TokenDigest digest, SecurityIdentity verified, String token, String tenant) {
    var claims = Tenants.claims(token);
    if (!AccessToken.is(claims)) {
      known.refuse(digest);
      throw new AuthenticationFailedException("not an access token");
    }
    var identity =
        QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(verified.getPrincipal().getName()))
            .addRoles(verified.getRoles())
            .addAttribute(TOKEN, bearer(tenant, claims))
            .build();
    return known.remember(digest, identity, Instant.ofEpochSecond(claims.getLong("exp")), tenant);
  }

  private Bearer bearer(String tenant, JsonObject claims) {
    var said = TokenClaims.of(claims);
    return tenants
        .limits(tenant)
        .map(limits -> said.bearer(tenant, limits))
        .orElseGet(said::bearer);
  }

  private Uni<SecurityIdentity> confirmed(KnownTokens.Known token, String sent) {
    var confirmation = token.confirmation();
    Supplier<CompletionStage<Boolean>> question = () -> issuer.active(token.tenant(), sent);
    return switch (confirmation.standing()) {
      case GOOD -> token.identity();
      case AGEING -> {
        answered(token.digest(), confirmation, question);
        yield token.identity();
      }
      case UNKNOWN ->
          awaited(answered(token.digest(), confirmation, question)).chain(token::identity);
    };
  }

  /** A session of the console, for as long as the issuer stands by its access token. */
  private Uni<SecurityIdentity> session(SecurityIdentity identity) {
    var token = identity.getCredential(AccessTokenCredential.class).getToken();
    var digest = TokenDigest.of(token);
    if (known.isRefused(digest)) {
      return refused("refused a moment ago");
    }
    var confirmation = known.ofSession(digest);
    Supplier<CompletionStage<Boolean>> question = () -> issuer.active(Tenants.OWN, token);
    var result =
        Uni.createFrom()
            .item(
                () ->
                    (SecurityIdentity)
                        QuarkusSecurityIdentity.builder(identity)
                            .addAttribute(SESSION, TokenClaims.of(Tenants.claims(token)).bearer())
                            .build());
    return switch (confirmation.standing()) {
      case GOOD -> result;
      case AGEING -> {
        answered(digest, confirmation, question);
        yield result;
      }
      case UNKNOWN -> awaited(answered(digest, confirmation, question)).chain(() -> result);
    };
  }

  private CompletableFuture<Boolean> answered(
      TokenDigest digest, Confirmation confirmation, Supplier<CompletionStage<Boolean>> question) {
    return confirmation
        .ask(question)
        .whenComplete(
            (active, failure) -> {
              if (failure == null && !active) {
                known.refuse(digest);
              }
            });
  }

  /** Goes on with the request where it was, whichever thread the answer came on. */
  private static Uni<Boolean> awaited(CompletableFuture<Boolean> answer) {
    var here = Vertx.currentContext();
    var uni = Uni.createFrom().completionStage(answer);
    return (here == null ? uni : uni.emitOn(task -> here.runOnContext(none -> task.run())))
        .onFailure()
        .transform(
            failure ->
                new OIDCException("the issuer cannot be asked: " + failure.getMessage(), failure))
        .invoke(
            active -> {
              if (!active) {
                throw new AuthenticationFailedException("no longer active at its issuer");
              }
            });
  }

  private static Uni<SecurityIdentity> refused(String why) {
    return Uni.createFrom().failure(new AuthenticationFailedException(why));
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return oidc.getChallenge(request);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
    return oidc.getCredentialTransport(request);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return oidc.getCredentialTypes();
  }

  /** Before the extension's own. */
  @Override
  public int getPriority() {
    return oidc.getPriority() + 1;
  }
}
