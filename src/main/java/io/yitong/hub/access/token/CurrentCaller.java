package io.yitong.hub.access.token;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of the request under way, made from its verified token. */
@RequestScoped
public class CurrentCaller {
  private final SecurityIdentity identity;
  private final JsonWebToken token;
  private final HttpServerRequest request;
  private final AuditTrail audit;
  private final OpenAccess open;
  private Caller caller;

  CurrentCaller(
      SecurityIdentity identity,
      JsonWebToken token,
      HttpServerRequest request,
      AuditTrail audit,
      OpenAccess open) {
    this.identity = identity;
    this.token = token;
    this.request = request;
    this.audit = audit;
    this.open = open;
  }

  /**
   * A refusal thrown here is on record already: without a caller nobody else could record it.
   *
   * @throws HubException NOT_AUTHENTICATED without a valid token; NOT_PERMITTED for one that says
   *     nothing this hub understands; PARAMETER_INVALID for a purpose of use that is none
   */
  public Caller get() {
    if (caller == null) {
      var correlation = Correlation.of(request.getHeader(Correlation.HEADER));
      caller = open.caller(correlation).orElseGet(() -> establish(correlation));
    }
    return caller;
  }

  private Caller establish(CorrelationId correlation) {
    if (!hasToken()) {
      throw recorded(
          Anonymous.NAME, correlation, new HubException(ErrorCode.NOT_AUTHENTICATED, ""));
    }
    var claims = claims();
    try {
      var purpose = Optional.ofNullable(request.getHeader(Purpose.HEADER)).map(Purpose::parse);
      return claims.caller(purpose, correlation);
    } catch (HubException refusal) {
      throw recorded(claims.client().orElse(Anonymous.NAME), correlation, refusal);
    }
  }

  /** An invalid token on a path open to all is the same as none. */
  private boolean hasToken() {
    try {
      return !identity.isAnonymous();
    } catch (AuthenticationFailedException e) {
      return false;
    }
  }

  private HubException recorded(String client, CorrelationId correlation, HubException refusal) {
    audit.record(
        Anonymous.refused(
            client, request.method().name(), request.path(), correlation, refusal.code()));
    return refusal;
  }

  private TokenClaims claims() {
    return new TokenClaims(
        token.claim(Claims.azp),
        Objects.requireNonNullElse(token.getSubject(), ""),
        token.<Object>claim("institution").map(CurrentCaller::text),
        roles(),
        token.<Object>claim("scope").map(CurrentCaller::text).orElse(""));
  }

  private List<String> roles() {
    return token
        .<Object>claim("realm_access")
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .map(access -> access.get("roles"))
        .filter(JsonArray.class::isInstance)
        .map(roles -> ((JsonArray) roles).stream().map(CurrentCaller::text).toList())
        .orElse(List.of());
  }

  private static String text(Object claim) {
    return claim instanceof JsonString string ? string.getString() : claim.toString();
  }
}
