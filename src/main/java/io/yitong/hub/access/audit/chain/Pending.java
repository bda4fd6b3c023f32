package io.yitong.hub.access.audit.chain;

/** A row to be appended, with its bytes, which are made once. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Pending(AuditRow row, byte[] canonical) {
  static Pending of(AuditRow row) {
    return new Pending(row, Canonical.of(row));
  }
}
