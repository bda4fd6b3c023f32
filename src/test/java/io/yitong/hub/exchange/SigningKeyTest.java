package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  @TempDir Path folder;

  @Test
  void a_jwk_brings_its_own_key_id() throws Exception {
    var pair = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();

    var key = SigningKey.load(file(pair.toJSONString()), Optional.empty());

    var assertion = SignedJWT.parse(key.assertion("hub-a", "https://issuer/token"));
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("k1");
    assertThat(assertion.verify(new ECDSAVerifier(pair))).isTrue();
  }

  @Test
  void a_pem_file_takes_the_key_id_of_the_settings() throws Exception {
    var pair = new ECKeyGenerator(Curve.P_384).generate();

    var key = SigningKey.load(pem(pair.toPrivateKey()), Optional.of("k2"));

    var assertion = SignedJWT.parse(key.assertion("hub-a", "https://issuer/token"));
    assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("k2");
    assertThat(assertion.verify(new ECDSAVerifier(pair))).isTrue();
  }

  @Test
  void an_rsa_key_signs_by_rs384() throws Exception {
    var pair = new RSAKeyGenerator(2048).generate();

    var key = SigningKey.load(pem(pair.toPrivateKey()), Optional.empty());

    var assertion = SignedJWT.parse(key.assertion("hub-a", "https://issuer/token"));
    assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("RS384");
    assertThat(assertion.verify(new RSASSAVerifier(pair))).isTrue();
  }

  @Test
  void keys_that_will_not_do_stop_the_hub_at_its_start() throws Exception {
    var weak = new ECKeyGenerator(Curve.P_256).generate();
    var open = new ECKeyGenerator(Curve.P_384).generate().toPublicJWK();

    for (var file :
        new Path[] {
          file(weak.toJSONString()),
          pem(weak.toPrivateKey()),
          file(open.toJSONString()),
          file("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
          file(""),
          folder.resolve("missing")
        }) {
      assertThatThrownBy(() -> SigningKey.load(file, Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Path pem(PrivateKey key) throws IOException {
    return file(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "key", ""), content);
  }
}
