package io.yitong.hub.launch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Passwords, client secrets and the hubs' signing keys: drawn when first asked for, then kept, one
 * file each, readable by their owner only.
 */
final class Secrets {
  private static final String UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  Secrets(Path folder) {
    this.folder = folder;
  }

  /** For machines: 256 bits. */
  String secret(String name) {
    return keep(
        name + ".secret",
        () -> {
          var bytes = new byte[32];
          random.nextBytes(bytes);
          return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        });
  }

  /** For a person to type: 12 characters none of which is mistaken for another. */
  String password(String user) {
    return keep(
        user + ".password",
        () ->
            random
                .ints(12, 0, UNMISTAKABLE.length())
                .map(UNMISTAKABLE::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
  }

  /** The key by which a hub proves itself to its partner's issuer (private_key_jwt, ES384). */
  ECKey hubKey(Region region) {
    return clientKey(hub(region));
  }

  /** The key by which a client proves itself to its issuer (private_key_jwt, ES384). */
  ECKey clientKey(String client) {
    var jwk = keep(client + ".jwk", () -> newKey(client).toJSONString());
    try {
      return ECKey.parse(jwk);
    } catch (java.text.ParseException e) {
      throw new LaunchFailure("%s is not a JWK".formatted(folder.resolve(client)), e);
    }
  }

  /** The same key as the hub reads it: PKCS #8, PEM. */
  Path hubKeyPem(Region region) {
    var name = hub(region) + ".pem";
    keep(name, () -> pem(hubKey(region)));
    return folder.resolve(name);
  }

  private static String hub(Region region) {
    return "hub-" + region.code();
  }

  private static ECKey newKey(String name) {
    try {
      return new ECKeyGenerator(Curve.P_384)
          .keyID(name)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES384)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(ECKey key) {
    try {
      var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
      return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
          .formatted(base64.encodeToString(key.toECPrivateKey().getEncoded()));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String keep(String name, java.util.function.Supplier<String> draw) {
    var file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var draft =
            Files.createTempFile(
                folder,
                name,
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, draw.get() + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
