package io.yitong.hub.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * The key by which this hub proves itself to a partner's issuer (SMART Backend Services,
 * private_key_jwt): ES384 for a P-384 key, RS384 for an RSA key.
 *
 * @param id kid; empty when the issuer knows only one key of ours
 */
record SigningKey(PrivateKey key, Optional<String> id, String algorithm) {

  /**
   * @param file a JWK (JSON), or PKCS #8 in PEM
   * @throws IllegalArgumentException for a file that holds no such key
   */
  static SigningKey load(Path file, Optional<String> id) {
    try {
      var text = Files.readString(file).trim();
      return text.startsWith("{") ? jwk(text, id) : pem(text, id);
    } catch (IOException | JoseException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no signing key in " + file, e);
    }
  }

  /** One assertion, to be used once and at once. */
  String assertion(String client, String audience) {
    var claims = new JwtClaims();
    claims.setIssuer(client);
    claims.setSubject(client);
    claims.setAudience(audience);
    claims.setGeneratedJwtId();
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(1);
    var signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    signature.setAlgorithmHeaderValue(algorithm);
    id.ifPresent(signature::setKeyIdHeaderValue);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("the exchange key does not sign", e);
    }
  }

  private static SigningKey jwk(String json, Optional<String> id) throws JoseException {
    var jwk = JsonWebKey.Factory.newJwk(json);
    if (!(jwk instanceof PublicJsonWebKey pair) || pair.getPrivateKey() == null) {
      throw new JoseException("not a private key");
    }
    return of(pair.getPrivateKey(), id.or(() -> Optional.ofNullable(jwk.getKeyId())));
  }

  private static SigningKey pem(String text, Optional<String> id) throws GeneralSecurityException {
    var base64 = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    var failure = new GeneralSecurityException("neither an EC nor an RSA key");
    for (var kind : List.of("EC", "RSA")) {
      try {
        return of(KeyFactory.getInstance(kind).generatePrivate(encoded), id);
      } catch (GeneralSecurityException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private static SigningKey of(PrivateKey key, Optional<String> id) {
    if (key instanceof ECKey curve) {
      var bits = curve.getParams().getOrder().bitLength();
      if (bits != 384) {
        throw new IllegalArgumentException("an EC signing key must be P-384, not " + bits + " bit");
      }
      return new SigningKey(key, id, AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384);
    }
    return new SigningKey(key, id, AlgorithmIdentifiers.RSA_USING_SHA384);
  }
}
