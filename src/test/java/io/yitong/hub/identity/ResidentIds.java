package io.yitong.hub.identity;

import java.time.LocalDate;
import java.util.concurrent.ThreadLocalRandom;

/** Resident IDs that hold, of nobody. */
public final class ResidentIds {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private ResidentIds() {}

  public static String text() {
    return random().value();
  }

  static ResidentId random() {
    var random = ThreadLocalRandom.current();
    while (true) {
      var seventeen =
          "511623"
              + (1930 + random.nextInt(80))
              + String.format("%02d%02d", 1 + random.nextInt(12), 1 + random.nextInt(28))
              + String.format("%03d", random.nextInt(1000));
      for (var check : "0123456789X".toCharArray()) {
        var id = ResidentId.read(seventeen + check, TODAY);
        if (id.isPresent()) {
          return id.get();
        }
      }
    }
  }
}
