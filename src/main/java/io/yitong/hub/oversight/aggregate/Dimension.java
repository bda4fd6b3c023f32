package io.yitong.hub.oversight.aggregate;

import io.yitong.hub.access.privacy.Demographics;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * By what persons and their resources are counted; fixed, so that no cell can be cut to a person.
 */
enum Dimension {
  SEX {
    @Override
    Optional<String> of(Demographics person, LocalDate at) {
      return person.sex();
    }
  },
  /** At the end of the year asked for. */
  AGE {
    @Override
    Optional<String> of(Demographics person, LocalDate at) {
      return person.ageBand(at);
    }
  },
  DISTRICT {
    @Override
    Optional<String> of(Demographics person, LocalDate at) {
      return person.district();
    }
  },
  /** Of the resource. */
  MONTH {
    @Override
    Optional<String> of(Demographics person, LocalDate at) {
      return Optional.of("%d-%02d".formatted(at.getYear(), at.getMonthValue()));
    }
  };

  /**
   * @param at a day of the month in which it was
   */
  abstract Optional<String> of(Demographics person, LocalDate at);

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Dimension> named(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
