package io.yitong.hub.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code yitong.exchange} of application.yaml. */
@ConfigMapping(prefix = "yitong.exchange")
interface ExchangeSettings {
  /** Private key for partners' issuers: a JWK or PKCS #8 in PEM. Without it no partner is asked. */
  Optional<Path> key();

  /** kid of the key, when its file does not say. */
  Optional<String> keyId();

  /** Networks that are not public in which partners are: {@code 10.20.0.0/16}. */
  Optional<List<String>> privateNetworks();

  /** How old the picture of the partner registry may be. */
  @WithDefault("2s")
  Duration registryRefresh();

  /** How long fetched results are kept. */
  @WithDefault("24h")
  Duration heldFor();

  /** Age from which held results are fetched again when asked for. */
  @WithDefault("15m")
  Duration staleAfter();

  Breaker breaker();

  Prefetch prefetch();

  /** When a partner is left alone. */
  interface Breaker {
    /** Calls looked at. */
    @WithDefault("4")
    int calls();

    @WithDefault("0.5")
    double failureRatio();

    /** How long it is left alone. */
    @WithDefault("10s")
    Duration pause();
  }

  /** Fetching at admission. */
  interface Prefetch {
    @WithDefault("10s")
    Duration deadline();

    /** Then it is given up; the next look asks again. */
    @WithDefault("8")
    int attempts();
  }
}
