package io.yitong.hub.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The feeds of this hub and how they are.
 *
 * @param at when this was so
 * @param windowHours what the counts cover
 * @param refreshSeconds after which a page should ask again
 */
record Feeds(Instant at, long windowHours, long refreshSeconds, Totals totals, List<Feed> feeds) {

  /**
   * Sums over all feeds.
   *
   * @param notApplied quarantined or refused
   */
  record Totals(int feeds, int silent, long accepted, long notApplied) {}

  /**
   * One feed of one institution.
   *
   * @param transport how it comes in, such as {@code MLLP 2575}
   * @param counts one for each state
   * @param quality how well what the institution's feeds bring keeps to its profiles; empty when
   *     nothing was examined
   * @param problem why it takes no messages at all; empty when it does
   */
  record Feed(
      String institution,
      Text name,
      String feed,
      String transport,
      Optional<Moment> lastMessage,
      List<Count> counts,
      Optional<Quality> quality,
      Optional<LastError> lastError,
      boolean silent,
      Optional<Long> silentAfterSeconds,
      Optional<String> problem) {}

  /**
   * Of a sample.
   *
   * @param percent without an error
   * @param days what it covers
   */
  record Quality(BigDecimal percent, long examined, int days) {}

  record Count(State state, long count) {}

  enum State {
    ACCEPTED,
    WAITING,
    QUARANTINED,
    REFUSED;

    @JsonValue
    String code() {
      return Codes.of(this);
    }
  }

  record LastError(String code, Text text, Moment moment) {}
}
