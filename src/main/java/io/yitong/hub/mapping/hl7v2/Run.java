package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.TransactionDraft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One message being mapped: what its segment mappers share. */
final class Run {
  private final Hl7Message message;
  private final Dialect dialect;
  private final String messageUri;
  private final TransactionDraft draft;
  private final List<Fields> segments;
  private final Map<List<String>, Integer> occurrences = new HashMap<>();

  Run(Hl7Message message, Dialect dialect, String messageUri) {
    this.message = message;
    this.dialect = dialect;
    this.messageUri = messageUri;
    this.draft = new TransactionDraft(messageUri);
    this.segments = new ArrayList<>(message.segments().size());
    message.segments().forEach(segment -> segments.add(new Fields(segment)));
  }

  Hl7Message message() {
    return message;
  }

  Dialect dialect() {
    return dialect;
  }

  InstitutionId institution() {
    return dialect.institution();
  }

  String messageUri() {
    return messageUri;
  }

  TransactionDraft draft() {
    return draft;
  }

  List<Fields> segments() {
    return segments;
  }

  Optional<Fields> first(String name) {
    for (var segment : segments) {
      if (segment.name().equals(name)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  Fields required(String name) {
    return first(name)
        .orElseThrow(() -> new HubException(ErrorCode.MESSAGE_SEGMENT_MISSING, name, name));
  }

  String id(String kind, String... key) {
    return DeterministicId.of(institution(), kind, key);
  }

  /** The same key a second time in this message is another thing: its id counts on. */
  String idOfOccurrence(String kind, String... key) {
    var counted = new ArrayList<String>(key.length + 2);
    counted.add(kind);
    counted.addAll(List.of(key));
    var occurrence = occurrences.merge(List.copyOf(counted), 1, Integer::sum);
    if (occurrence == 1) {
      return id(kind, key);
    }
    counted.remove(0);
    counted.add(String.valueOf(occurrence));
    return id(kind, counted.toArray(String[]::new));
  }

  /** Empty when the field is empty or no time; in the second case it stays unmapped. */
  Optional<PartialTime> time(Fields segment, int field) {
    if (!segment.has(field)) {
      return Optional.empty();
    }
    var time = PartialTime.parse(segment.component(field, 1), dialect.zone());
    if (time.isEmpty()) {
      segment.notUnderstood(field);
    }
    return time;
  }

  List<String> unmapped() {
    Set<String> unmapped = new LinkedHashSet<>();
    for (var segment : segments) {
      segment.addUnread(unmapped);
    }
    return List.copyOf(unmapped);
  }
}
