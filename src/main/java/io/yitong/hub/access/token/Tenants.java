package io.yitong.hub.access.token;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.json.JsonObject;
import io.yitong.hub.access.token.TenantSettings.Tenant;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * The issuers whose tokens are taken: the hub's own, and those of institutions that have one. Which
 * of them a token is verified by depends on its {@code iss} alone, never on the address asked for.
 */
@ApplicationScoped
class Tenants {
  /** The issuer of {@code quarkus.oidc} itself. */
  static final String OWN = OidcUtils.DEFAULT_TENANT_ID;

  /** People at the console. */
  static final String CONSOLE = "console";

  private final TenantConfigBean issuers;
  private final Map<String, Tenant> settings;

  Tenants(TenantConfigBean issuers, TenantSettings settings) {
    this.issuers = issuers;
    this.settings = Map.copyOf(settings.tenants());
    this.settings.forEach(Tenants::check);
  }

  private static void check(String name, Tenant tenant) {
    tenant.institutions().forEach(InstitutionId::new);
    for (var role : tenant.roles()) {
      if (Role.granted(role).isEmpty()) {
        throw new IllegalStateException(
            "yitong.tenants.%s.roles: there is no role %s".formatted(name, role));
      }
    }
  }

  /** Whose token this says to be; not verified yet. One of nobody's is left to the hub's own. */
  String of(String token) {
    if (settings.isEmpty()) {
      return OWN;
    }
    var issuer = issuer(token);
    return settings.keySet().stream()
        .filter(name -> issuer.isPresent() && is(issuer.get(), issuers.getStaticTenant(name)))
        .findFirst()
        .orElse(OWN);
  }

  /** What the tokens of this issuer may say; empty for the hub's own. */
  Optional<Tenant> limits(String tenant) {
    return Optional.ofNullable(settings.get(tenant));
  }

  TenantConfigContext context(String tenant) {
    return tenant.equals(OWN) ? issuers.getDefaultTenant() : issuers.getStaticTenant(tenant);
  }

  private static Optional<String> issuer(String token) {
    try {
      return Optional.ofNullable(OidcCommonUtils.decodeJwtContent(token))
          .map(claims -> claims.getValue("iss"))
          .map(Object::toString);
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean is(String issuer, TenantConfigContext context) {
    if (context == null) {
      return false;
    }
    OidcTenantConfig config = context.oidcConfig();
    var metadata = context.getOidcMetadata();
    return metadata != null && metadata.getIssuer() != null
        ? metadata.getIssuer().equals(issuer)
        : config.authServerUrl().filter(issuer::equals).isPresent();
  }

  /** The parts of a token that was verified. */
  static JsonObject claims(String token) {
    return OidcCommonUtils.decodeJwtContent(token);
  }
}
