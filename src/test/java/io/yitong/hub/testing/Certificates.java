package io.yitong.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** Self-made certificates for TLS tests, by the JDK's keytool, below {@code target}. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  public Certificates(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key pair with its own signature, for localhost. */
  public KeyStore make(String name) {
    try {
      var file = folder.resolve(name + ".p12");
      Files.deleteIfExists(file);
      var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      var made =
          new ProcessBuilder(
                  List.of(
                      keytool,
                      "-genkeypair",
                      "-alias",
                      name,
                      "-keyalg",
                      "EC",
                      "-groupname",
                      "secp256r1",
                      "-validity",
                      "1",
                      "-dname",
                      "CN=" + name,
                      "-ext",
                      "SAN=dns:localhost,ip:127.0.0.1",
                      "-storetype",
                      "PKCS12",
                      "-keystore",
                      file.toString(),
                      "-storepass",
                      PASSWORD))
              .redirectErrorStream(true)
              .start();
      var said =
          new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (made.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PEM files as a site has them. */
  public Path certificate(KeyStore store, String name) {
    try {
      return pem(name + ".crt", "CERTIFICATE", store.getCertificate(name).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** PKCS #8. */
  public Path key(KeyStore store, String name) {
    try {
      var key = store.getKey(name, PASSWORD.toCharArray());
      return pem(name + ".key", "PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For who opens the store. */
  public static char[] password() {
    return PASSWORD.toCharArray();
  }

  private Path pem(String file, String what, byte[] content) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    try {
      return Files.writeString(
          folder.resolve(file),
          "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, base64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
