package io.yitong.hub.recognition.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Days as the region counts them. */
public final class RegionTime {
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private RegionTime() {}

  public static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZONE);
  }

  /** The last moment of a day through which something is valid. */
  public static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZONE).toInstant().minusSeconds(1);
  }

  /** {@code 2026-03-01 07:30}, as people read it. */
  public static String minute(Instant moment) {
    return MINUTE.format(moment.atZone(ZONE));
  }
}
