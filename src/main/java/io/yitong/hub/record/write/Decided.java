package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.write.Written.Effect;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What one transaction will do to each row. */
record Decided(List<Put> puts, List<Removal> removals) {
  /**
   * @param movesTime whether the row's time moves on although its content stays
   */
  record Put(Draft draft, Optional<CurrentRow> current, Written written, boolean movesTime) {
    boolean changes() {
      return written.effect() == Effect.CREATED || written.effect() == Effect.UPDATED;
    }
  }

  record Removal(Optional<CurrentRow> current, Written written) {}

  /** New versions, of rows old and new. */
  List<Put> changed() {
    return puts.stream().filter(Put::changes).toList();
  }

  /** Rows that are there and will be written to. */
  TreeSet<ResourceKey> keysToChange() {
    var keys = new TreeSet<ResourceKey>();
    puts.stream()
        .filter(put -> put.current().isPresent() && (put.changes() || put.movesTime()))
        .forEach(put -> keys.add(put.draft().key()));
    removals.stream()
        .filter(removal -> removal.written().effect() == Effect.DELETED)
        .forEach(removal -> keys.add(removal.written().key()));
    return keys;
  }

  List<Written> written() {
    return Stream.concat(puts.stream().map(Put::written), removals.stream().map(Removal::written))
        .toList();
  }
}
