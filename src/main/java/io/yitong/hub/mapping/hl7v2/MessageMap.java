package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.Table;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** Which messages are mapped, and how (table {@code mapping/hl7v2/messages.csv}). */
record MessageMap(Kind kind, Optional<EncounterStatus> encounter) {
  /** Messages of one kind differ in the state of the visit only. */
  enum Kind {
    /** A visit: PID and PV1. */
    ADMINISTRATION,
    /** A person without a visit: PID. */
    PERSON,
    /** PID and MRG. */
    MERGE,
    /** PID, PV1 and OBR with their results. */
    RESULTS
  }

  private static final Table TABLE = Table.load("/mapping/hl7v2/messages.csv");

  static Optional<MessageMap> of(String typeAndTrigger) {
    return TABLE
        .of(typeAndTrigger)
        .map(
            kind ->
                new MessageMap(
                    Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                    TABLE.cell(typeAndTrigger, 2).map(EncounterStatus::fromCode)));
  }
}
