package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.chain.AuditRow;
import io.yitong.hub.access.audit.chain.Head;
import io.yitong.hub.access.audit.chain.Linking;
import io.yitong.hub.access.audit.proof.Finding.Kind;
import io.yitong.hub.access.audit.proof.VerifyAudit.Signed;
import java.util.Optional;
import java.util.TreeMap;

/** Goes from row to row of one chain. */
final class WalkChain {
  private final Linking linking = new Linking();
  private final Head beginning;
  private final TreeMap<Long, Signed> signed;
  private final Findings findings;

  /** The row before, as it stands. */
  private Head last;

  WalkChain(Head beginning, TreeMap<Long, Signed> signed, Findings findings) {
    this.beginning = beginning;
    this.last = beginning;
    this.signed = signed;
    this.findings = findings;
  }

  int chain() {
    return beginning.chain();
  }

  void next(Head stored, AuditRow row) {
    if (stored.seq() <= beginning.seq() && beginning.seq() > 0) {
      return; // had its time, and is about to be removed
    }
    var expected = last.seq() + 1;
    if (stored.seq() > expected) {
      findings.add(new Finding(Kind.ROWS_REMOVED, chain(), expected, stored.seq() - 1, 0));
    } else if (stored.seq() < expected) {
      findings.add(Finding.row(Kind.ROW_INSERTED, chain(), stored.seq()));
      return;
    } else if (!linking.after(last, row).equals(stored)) {
      findings.add(Finding.row(Kind.ROW_CHANGED, chain(), stored.seq()));
    }
    var known = signed.get(stored.seq());
    if (known != null && !known.head().equals(stored)) {
      findings.add(
          new Finding(Kind.REWRITTEN, chain(), stored.seq(), stored.seq(), known.checkpoint()));
    }
    last = stored;
  }

  /**
   * @param head where the hub has the chain end; empty when it does not know the chain
   */
  void end(Optional<Head> head) {
    var seen = signed.isEmpty() ? null : signed.lastEntry().getValue();
    if (head.isPresent() && head.get().seq() > last.seq()) {
      findings.add(new Finding(Kind.NEWEST_REMOVED, chain(), last.seq() + 1, head.get().seq(), 0));
    } else if (seen != null && seen.head().seq() > last.seq()) {
      findings.add(
          new Finding(
              Kind.NEWEST_REMOVED_BY_CHECKPOINT,
              chain(),
              last.seq() + 1,
              seen.head().seq(),
              seen.checkpoint()));
    } else if (head.isPresent() && !head.get().equals(last)) {
      findings.add(Finding.row(Kind.HEAD_ALTERED, chain(), head.get().seq()));
    }
  }
}
