package io.yitong.hub.access.audit.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/**
 * A statement as it is kept.
 *
 * @param text what is signed, in UTF-8
 * @param publicKey X.509 SubjectPublicKeyInfo of the key it was signed by
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its text
record SignedStatement(int number, String text, byte[] signature, byte[] publicKey) {
  static SignedStatement of(Statement statement, AuditKey key) {
    var text = statement.text();
    return new SignedStatement(
        statement.number(),
        text,
        key.sign(text.getBytes(StandardCharsets.UTF_8)),
        key.publicKey().getEncoded());
  }

  boolean isSignedBy(PublicKey key) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
