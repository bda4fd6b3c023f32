package io.yitong.hub.access.token;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The header WWW-Authenticate (RFC 6750, 3). */
public final class Challenge {
  public static final String HEADER = "WWW-Authenticate";

  private static final String NO_TOKEN = "Bearer realm=\"yitong\"";
  private static final String INVALID = NO_TOKEN + ", error=\"invalid_token\"";

  /** Of a token that is genuine and does not reach so far. */
  public static final String SCOPE = NO_TOKEN + ", error=\"insufficient_scope\"";

  private Challenge() {}

  /** An error is named only to who sent a token. */
  public static String to(HttpServerRequest request) {
    var sent = request.getHeader(HttpHeaders.AUTHORIZATION);
    return sent != null && sent.regionMatches(true, 0, "Bearer", 0, 6) ? INVALID : NO_TOKEN;
  }
}
