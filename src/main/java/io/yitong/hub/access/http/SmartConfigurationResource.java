package io.yitong.hub.access.http;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Outcomes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code .well-known/smart-configuration} at the root; also {@link BelowFhirBase}. */
@Path("/.well-known/smart-configuration")
public class SmartConfigurationResource {
  private final TenantConfigBean tenants;

  SmartConfigurationResource(TenantConfigBean tenants) {
    this.tenants = tenants;
  }

  @GET
  public Response get() {
    OidcConfigurationMetadata issuer = tenants.getDefaultTenant().getOidcMetadata();
    if (issuer == null) {
      return Response.status(ErrorCode.ISSUER_UNREACHABLE.status())
          .type("application/fhir+json")
          .entity(FhirJson.write(Outcomes.of(ErrorCode.ISSUER_UNREACHABLE, "")))
          .build();
    }
    return Response.ok(SmartConfiguration.of(issuer), MediaType.APPLICATION_JSON_TYPE).build();
  }

  /** The same below the FHIR base, where SMART App Launch looks for it. */
  @Path("/fhir/.well-known/smart-configuration")
  public static class BelowFhirBase {
    private final SmartConfigurationResource root;

    BelowFhirBase(SmartConfigurationResource root) {
      this.root = root;
    }

    @GET
    public Response get() {
      return root.get();
    }
  }
}
