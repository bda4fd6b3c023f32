package io.yitong.hub.access.http;

import io.yitong.hub.access.http.RateLimits.Excess;
import io.yitong.hub.access.token.Bearer;
import java.util.Optional;

/** A request that is one too many; cheap to make, since many come. */
final class RateExceeded extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Excess excess;
  private final transient Optional<Bearer> bearer;

  /**
   * @param bearer empty for one without a valid token
   */
  RateExceeded(Excess excess, Optional<Bearer> bearer) {
    super("rate exceeded", null, false, false);
    this.excess = excess;
    this.bearer = bearer;
  }

  Excess excess() {
    return excess;
  }

  Optional<Bearer> bearer() {
    return bearer;
  }
}
