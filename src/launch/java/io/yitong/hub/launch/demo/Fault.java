package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import java.util.Arrays;
import java.util.Locale;

/** What may be wrong on purpose, and the step of the story that must fail of it. */
public enum Fault {
  /** The Linshui laboratory's external quality assessment has run out. */
  EVIDENCE_LAPSED(Chapter.RECOMMENDATION),
  /** The Linshui hub does not run while the doctor orders. */
  PARTNER_DOWN(Chapter.RECOMMENDATION),
  /** Chongqing admits someone else, with another ID card. */
  OTHER_PERSON(Chapter.FINDING);

  private final Chapter failing;

  Fault(Chapter failing) {
    this.failing = failing;
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
