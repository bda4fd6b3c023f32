package io.yitong.hub.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message of the journal as an operator sees it in a list; no clinical content.
 *
 * @param where segment, field or column the error is about
 * @param unmapped where the message says something that went nowhere
 */
public record MessageSummary(
    long id,
    String sender,
    Instant receivedAt,
    String controlId,
    Optional<String> fileName,
    String messageType,
    String patientNumber,
    JournalState state,
    String correlation,
    int versionsWritten,
    Optional<String> errorCode,
    Optional<String> where,
    Optional<String> errorZh,
    Optional<String> errorEn,
    List<String> unmapped) {}
