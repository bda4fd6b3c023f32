package io.yitong.hub.access.audit.proof;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The Ed25519 key by which this hub vouches for its audit. Given by {@code yitong.audit.key}, as
 * PKCS #8 in PEM or a file of it, the same for all processes of a hub; else made when the hub first
 * starts, in a file that only its owner reads, with the public key beside it.
 */
@ApplicationScoped
public class AuditKey {
  private static final String ALGORITHM = "Ed25519";
  private static final Logger LOG = Logger.getLogger(AuditKey.class);

  private final KeyPair pair;

  AuditKey(
      @ConfigProperty(name = "yitong.audit.key") Optional<String> key,
      @ConfigProperty(name = "yitong.audit.key-folder") Path folder,
      @ConfigProperty(name = "yitong.hub.name") String hub) {
    this.pair = key.map(AuditKey::given).orElseGet(() -> kept(folder, hub));
  }

  /** Made before the first request: without a key there is no audit, and without audit no hub. */
  void announce(@Observes StartupEvent start) {
    LOG.debugf("audit=key algorithm=%s", pair.getPublic().getAlgorithm());
  }

  byte[] sign(byte[] content) {
    try {
      var signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** A secret for another purpose, which tells nothing of this key. */
  public SecretKey derived(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(seed((EdECPrivateKey) pair.getPrivate()), "HmacSHA256"));
      var secret = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
      return new SecretKeySpec(secret, "HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair given(String key) {
    if (key.contains("-----BEGIN")) {
      return pair(key);
    }
    try {
      return pair(Files.readString(Path.of(key)));
    } catch (IOException e) {
      throw new IllegalStateException("yitong.audit.key: cannot read " + key, e);
    }
  }

  private static KeyPair kept(Path folder, String hub) {
    var file = folder.resolve(hub + "-audit.pem");
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      var pair = pair(Files.readString(file));
      Files.writeString(folder.resolve(hub + "-audit.pub.pem"), Pem.of(pair.getPublic()));
      return pair;
    } catch (IOException e) {
      throw new IllegalStateException(
          "yitong.audit.key is not set, and %s cannot be kept".formatted(file), e);
    }
  }

  /** Whole or not at all, and never over one that another process made meanwhile. */
  private static void make(Path file) throws IOException {
    var onlyOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(file.getParent());
    var draft = Files.createTempFile(file.getParent(), "audit", ".pem", onlyOwner);
    try {
      Files.writeString(draft, Pem.of(generate(new SecureRandom()).getPrivate()));
      Files.createLink(file, draft);
      LOG.infof("audit=key-made file=%s", file);
    } catch (FileAlreadyExistsException e) {
      LOG.debugf("audit=key-made-by-another file=%s", file);
    } finally {
      Files.delete(draft);
    }
  }

  private static KeyPair pair(String pem) {
    var key = Pem.privateKey(pem);
    if (!(key instanceof EdECPrivateKey secret)) {
      throw new IllegalArgumentException("yitong.audit.key is not an Ed25519 key");
    }
    return new KeyPair(generate(new Replayed(seed(secret))).getPublic(), key);
  }

  private static byte[] seed(EdECPrivateKey key) {
    return key.getBytes().orElseThrow(() -> new IllegalArgumentException("the key holds nothing"));
  }

  private static KeyPair generate(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(255, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The seed of a key that is known: PKCS #8 holds no public key, and the JDK makes one only
   * together with a private key, which is what was drawn (RFC 8032, 5.1.5).
   */
  private static final class Replayed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Replayed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
