package io.yitong.hub.access.token;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Tells an access token from what else an issuer signs with the same key: ID tokens, refresh
 * tokens, logout tokens (RFC 8725, 3.11 and 3.12).
 */
final class AccessToken {
  /** Of ID tokens (OpenID Connect Core 3.3.2.11) and logout tokens (Back-Channel Logout 2.4). */
  private static final List<String> FOREIGN = List.of("at_hash", "c_hash", "events");

  /** Other issuers' word for the same. */
  private static final String USE = "token_use";

  private AccessToken() {}

  /**
   * @param claims {@code typ} is Keycloak's; a token bound to a key (DPoP) is not taken without its
   *     proof
   */
  static boolean is(JsonObject claims) {
    var type = claims.getValue("typ");
    var use = claims.getValue(USE);
    return (type == null || type.equals("Bearer"))
        && (use == null || use.equals("access"))
        && FOREIGN.stream().noneMatch(claims::containsKey)
        && claims.getValue("exp") instanceof Number;
  }
}
