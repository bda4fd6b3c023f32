package io.yitong.hub.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The key of the hub under test; and short times, so that tests need not wait. */
public final class TestExchangeKey implements QuarkusTestResourceLifecycleManager {
  private static ECKey key;

  private Path file;

  static ECKey published() {
    return key.toPublicJWK();
  }

  @Override
  public Map<String, String> start() {
    try {
      key = new ECKeyGenerator(Curve.P_384).keyID("hub-under-test").generate();
      file = Files.writeString(Files.createTempFile("exchange", ".jwk"), key.toJSONString());
    } catch (JOSEException | IOException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "yitong.exchange.key", file.toString(),
        "yitong.exchange.registry-refresh", "0s",
        "yitong.exchange.breaker.pause", "500ms");
  }

  @Override
  public void stop() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
