package io.yitong.hub.access.privacy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The secret under which pseudonyms are made, and the only thing by which they lead back: {@code
 * yitong.privacy.key}, or a file drawn when first needed, readable by its owner alone. Several
 * processes of a hub must have the same.
 */
@ApplicationScoped
public class PrivacyKey {
  private static final int LEAST_BYTES = 32;

  private final Optional<String> configured;
  private final Path file;
  private byte[] key;

  PrivacyKey(
      @ConfigProperty(name = "yitong.privacy.key") Optional<String> configured,
      @ConfigProperty(name = "yitong.privacy.key-file") String file) {
    this.configured = configured.map(String::trim).filter(text -> !text.isEmpty());
    this.file = Path.of(file).toAbsolutePath();
    this.configured.ifPresent(PrivacyKey::decode);
  }

  /** For what leaves to {@code recipient} (a client) under {@code profile}. */
  public Pseudonyms pseudonyms(DeidentificationProfile profile, String recipient) {
    return Pseudonyms.of(key(), profile.id(), recipient);
  }

  private synchronized byte[] key() {
    if (key == null) {
      key = decode(configured.orElseGet(this::kept));
    }
    return key;
  }

  private String kept() {
    try {
      if (!Files.exists(file)) {
        draw();
      }
      return Files.readString(file).trim();
    } catch (IOException e) {
      throw new UncheckedIOException("yitong.privacy.key is not set, and " + file + " fails", e);
    }
  }

  /** Written whole under another name first: a process that comes second reads the first's. */
  private void draw() throws IOException {
    Files.createDirectories(file.getParent());
    var bytes = new byte[LEAST_BYTES];
    new SecureRandom().nextBytes(bytes);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var draft = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(draft);
    try (var out =
        Files.newByteChannel(
            draft,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly)) {
      out.write(java.nio.ByteBuffer.wrap(Base64.getEncoder().encode(bytes)));
    }
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // another process was first: its key is the hub's
    } finally {
      Files.delete(draft);
    }
  }

  /**
   * @param text base64, plain or URL-safe
   */
  private static byte[] decode(String text) {
    try {
      var bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
      if (bytes.length >= LEAST_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // told below, without a word of what it is
    }
    throw new IllegalArgumentException(
        "yitong.privacy.key: not base64 of at least %d bytes".formatted(LEAST_BYTES));
  }
}
