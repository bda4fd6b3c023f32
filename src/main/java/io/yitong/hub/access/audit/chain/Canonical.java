package io.yitong.hub.access.audit.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a row that its hash is taken of: numbers in network order, each text as its length
 * in four bytes and its UTF-8, -1 for one that is absent. Chain and number come before it. The same
 * as {@code audit_canonical} in V152, so that a row can be checked without this hub.
 */
final class Canonical {
  private byte[] bytes = new byte[512];
  private int length;

  private Canonical() {}

  /** All but chain and number. */
  static byte[] of(AuditRow row) {
    var canonical = new Canonical();
    canonical.number(row.at(), Long.BYTES);
    canonical.text(row.client());
    canonical.text(row.subject());
    canonical.text(row.institution());
    canonical.text(row.behalf());
    canonical.text(row.roles());
    canonical.text(row.purpose());
    canonical.text(row.agreement());
    canonical.text(row.action());
    canonical.text(row.interaction());
    canonical.text(row.what());
    canonical.text(row.query());
    canonical.text(row.onlyPatient());
    canonical.text(row.severalPatients());
    canonical.number(row.outcome(), Short.BYTES);
    canonical.text(row.error());
    canonical.text(row.correlation());
    return Arrays.copyOf(canonical.bytes, canonical.length);
  }

  /** Where the row stands. */
  static byte[] place(int chain, long seq) {
    var canonical = new Canonical();
    canonical.number(chain, Integer.BYTES);
    canonical.number(seq, Long.BYTES);
    return Arrays.copyOf(canonical.bytes, canonical.length);
  }

  private void text(Optional<String> text) {
    if (text.isPresent()) {
      text(text.get());
    } else {
      number(-1, Integer.BYTES);
    }
  }

  private void text(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length, Integer.BYTES);
    makeRoom(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private void number(long number, int size) {
    makeRoom(size);
    for (var shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (number >> shift);
    }
  }

  private void makeRoom(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
