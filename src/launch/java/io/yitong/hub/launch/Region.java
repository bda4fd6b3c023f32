package io.yitong.hub.launch;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The two regions of the demonstration, each with a hub, a database and a Keycloak realm. */
public enum Region {
  CHONGQING("500000", "重庆", "Chongqing"),
  LINSHUI("511623", "邻水", "Linshui");

  private final String division;
  private final String chinese;
  private final String english;

  Region(String division, String chinese, String english) {
    this.division = division;
    this.chinese = chinese;
    this.english = english;
  }

  /** Name of its hub, database and realm. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** GB/T 2260. */
  public String division() {
    return division;
  }

  public String chinese() {
    return chinese;
  }

  public String english() {
    return english;
  }

  public Region other() {
    return this == CHONGQING ? LINSHUI : CHONGQING;
  }

  public static Region of(String code) {
    return Arrays.stream(values())
        .filter(region -> region.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchFailure(
                    "There is no hub '%s'; there are %s"
                        .formatted(
                            code,
                            Arrays.stream(values())
                                .map(Region::code)
                                .collect(Collectors.joining(" and ")))));
  }
}
