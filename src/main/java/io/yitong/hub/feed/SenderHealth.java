package io.yitong.hub.feed;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one feed does.
 *
 * @param lastDay messages of the last 24 hours by state
 * @param silent no message for longer than its file calls usual
 * @param problem why it is not running
 */
public record SenderHealth(
    String sender,
    String institution,
    String nameZh,
    String nameEn,
    String template,
    OptionalInt port,
    Optional<Instant> lastMessageAt,
    Map<JournalState, Long> lastDay,
    Optional<MessageSummary> lastError,
    boolean silent,
    Optional<String> problem) {}
