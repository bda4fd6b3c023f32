package io.yitong.hub.access.audit.proof;

import java.util.List;

/**
 * What became of a verification.
 *
 * @param rows read
 * @param uncovered rows newer than the newest checkpoint: proven by their chain alone
 * @param findings the first {@link #MOST} of them
 * @param found all of them
 * @param keyGiven whether the key was known beforehand, rather than taken from the first statement
 */
public record Verification(
    long rows,
    int chains,
    int checkpoints,
    long uncovered,
    List<Finding> findings,
    long found,
    boolean keyGiven) {
  static final int MOST = 1000;

  public Verification {
    findings = List.copyOf(findings);
  }

  public boolean isWhole() {
    return found == 0;
  }
}
