package io.yitong.hub.access.masking;

/** A failure as it is logged: the same places, texts masked. */
final class MaskedFailure extends Throwable {
  private static final long serialVersionUID = 1;

  /** Causes of causes beyond which nobody reads. */
  private static final int DEEPEST = 20;

  private MaskedFailure(Throwable failure, int depth) {
    super(
        MaskText.mask(String.valueOf(failure)),
        depth < DEEPEST ? masked(failure.getCause(), depth + 1) : null,
        true,
        true);
    setStackTrace(failure.getStackTrace());
    if (depth < DEEPEST) {
      for (var suppressed : failure.getSuppressed()) {
        addSuppressed(masked(suppressed, depth + 1));
      }
    }
  }

  /** The failure itself when it says nothing to mask. */
  static Throwable of(Throwable failure) {
    return failure instanceof MaskedFailure || isFit(failure, 0)
        ? failure
        : new MaskedFailure(failure, 0);
  }

  private static boolean isFit(Throwable failure, int depth) {
    if (failure == null) {
      return true;
    }
    var text = failure.toString();
    if (depth > DEEPEST || text != null && !MaskText.mask(text).equals(text)) {
      return false;
    }
    for (var suppressed : failure.getSuppressed()) {
      if (!isFit(suppressed, depth + 1)) {
        return false;
      }
    }
    return isFit(failure.getCause(), depth + 1);
  }

  private static Throwable masked(Throwable failure, int depth) {
    return failure == null ? null : new MaskedFailure(failure, depth);
  }

  /** The kind of failure is in its text. */
  @Override
  public String toString() {
    return getMessage();
  }
}
