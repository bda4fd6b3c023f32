package io.yitong.hub.access.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the tokens of callers are kept and asked about. */
@ConfigMapping(prefix = "yitong.token")
interface TokenSettings {
  /** A token in use is asked about at its issuer (RFC 7662) again after this time. */
  @WithDefault("PT20S")
  Duration revocationCheck();

  /** How long the issuer may take to answer. */
  @WithDefault("PT3S")
  Duration issuerTimeout();

  /** Valid tokens remembered at most; as many again that were refused. */
  @WithDefault("20000")
  int remembered();
}
