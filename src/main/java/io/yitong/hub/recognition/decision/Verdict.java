package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import java.time.Instant;

/** What the hub says of one analyte. It recommends; only the physician recognises. */
public sealed interface Verdict {
  Item item();

  /** Whether the analyte need not be measured again. */
  default boolean covers() {
    return false;
  }

  /**
   * @param laboratory that performed it
   * @param scope under which it counts; its mark is the result's mark
   * @param validUntil end of the window, or of the laboratory's evidence when that is earlier
   * @param comparable the value in the catalogue's unit
   */
  record Recommended(
      Item item,
      Candidate result,
      Laboratory laboratory,
      Scope scope,
      Instant validUntil,
      ResultValue comparable)
      implements Verdict {
    @Override
    public boolean covers() {
      return true;
    }
  }

  record NotRecommended(Item item, Candidate result, Objection objection) implements Verdict {}

  /** It would be recommended, if the guard could be shown to be met. */
  record LeftToDoctor(Item item, Candidate result, Laboratory laboratory, Scope scope, Guard guard)
      implements Verdict {}

  /** Nothing there, or nothing the asker may know of. */
  record NoneFound(Item item) implements Verdict {}
}
