package io.yitong.hub.access.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Set;

/**
 * For whom other issuers than the hub's own may speak: {@code yitong.tenants.NAME} beside {@code
 * quarkus.oidc.NAME}. An issuer that is not named here speaks for nobody.
 */
@ConfigMapping(prefix = "yitong.tenants")
interface TenantSettings {
  @WithParentName
  Map<String, Tenant> tenants();

  /** What the tokens of one further issuer may say. */
  interface Tenant {
    /** Institutions (urn:yitong:institution:…), one of which each token names. */
    Set<String> institutions();

    /** Roles that its tokens may give; others are of no effect. */
    @WithDefault("hospital,clinician")
    Set<String> roles();
  }
}
