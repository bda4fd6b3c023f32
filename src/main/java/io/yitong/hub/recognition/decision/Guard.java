package io.yitong.hub.recognition.decision;

import java.time.Duration;

/**
 * A circumstance on which a result's use depends. Where it cannot be shown to be met, the decision
 * is left to the doctor.
 */
public record Guard(String code, String chinese, String english, Proof proof) {
  private static final Duration NEWBORN = Duration.ofDays(28);

  /** How the hub can know that the circumstance is met. */
  enum Proof {
    NONE,
    /** The patient was over 28 days old at collection. */
    NOT_A_NEWBORN;

    static Proof of(String written) {
      return switch (written) {
        case "" -> NONE;
        case "age over 28 days at collection" -> NOT_A_NEWBORN;
        default -> throw new IllegalArgumentException("unknown proof '" + written + "'");
      };
    }
  }

  boolean shownMet(Order order, Candidate result) {
    return switch (proof) {
      case NONE -> false;
      case NOT_A_NEWBORN ->
          order.birthDate().isPresent()
              && result.collected().isPresent()
              && order
                  .birthDate()
                  .get()
                  .atStartOfDay(RegionTime.ZONE)
                  .plus(NEWBORN)
                  .toInstant()
                  .isBefore(result.collected().get());
    };
  }
}
