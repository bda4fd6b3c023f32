package io.yitong.hub.record.bulk;

/** The job was cancelled, or is another process's now. */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost() {
    super("the job is no longer this process's", null, false, false);
  }
}
