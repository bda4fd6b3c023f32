package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import java.util.Arrays;
import java.util.Locale;

/** What may be wrong on purpose, and the step of the story that must fail of it. */
public enum Fault {
  /** The Linshui laboratory's external quality assessment has run out. */
  EVIDENCE_LAPSED(Chapter.RECOMMENDATION, "室间质评已于"),
  /** The Linshui hub does not run while the doctor orders. */
  PARTNER_DOWN(Chapter.RECOMMENDATION, "未在时限内答复"),
  /** Chongqing admits someone else, with another ID card. */
  OTHER_PERSON(Chapter.FINDING, "none about Linshui");

  private final Chapter failing;
  private final String reason;

  Fault(Chapter failing, String reason) {
    this.failing = failing;
    this.reason = reason;
  }

  /** Whether it is the step that must not hold, and for the reason that was meant. */
  public boolean explains(StepFailed failure) {
    return failure.chapter() == failing && failure.getMessage().contains(reason);
  }

  /** The step that must not hold. */
  public Chapter failing() {
    return failing;
  }

  /** As written after {@code --fault}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Fault of(String code) {
    return Arrays.stream(values())
        .filter(fault -> fault.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchFailure(
                    "There is no fault '%s'; there are %s"
                        .formatted(code, Arrays.stream(values()).map(Fault::code).toList())));
  }
}
