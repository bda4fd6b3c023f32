package io.yitong.hub.access.audit.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes rows one onto the other; for one thread. */
public final class Linking {
  private final MessageDigest sha256;

  public Linking() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** The head once {@code row} follows {@code head}. */
  public Head after(Head head, AuditRow row) {
    return after(head, Canonical.of(row));
  }

  Head after(Head head, byte[] canonical) {
    var seq = head.seq() + 1;
    sha256.update(head.hash());
    sha256.update(Canonical.place(head.chain(), seq));
    return new Head(head.chain(), seq, sha256.digest(canonical));
  }
}
