package io.yitong.hub.mapping.hl7v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One OBR with what belongs to it, found by the order of the segments and not by the message's
 * declared structure: an ORC before it, NTE, OBX and SPM behind it.
 */
record OrderGroup(
    Optional<Fields> orc,
    Fields obr,
    List<Fields> notes,
    List<Fields> specimens,
    List<Result> results) {

  /** An OBX with the NTE segments behind it. */
  record Result(Fields obx, List<Fields> notes) {}

  static List<OrderGroup> of(List<Fields> segments) {
    var groups = new ArrayList<OrderGroup>();
    Optional<Fields> orc = Optional.empty();
    List<Fields> notes = new ArrayList<>();
    for (var segment : segments) {
      var group = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      switch (segment.name()) {
        case "ORC" -> {
          orc = Optional.of(segment);
          notes = new ArrayList<>();
        }
        case "OBR" -> {
          notes = new ArrayList<>();
          groups.add(new OrderGroup(orc, segment, notes, new ArrayList<>(), new ArrayList<>()));
          orc = Optional.empty();
        }
        case "OBX" -> {
          if (group != null) {
            notes = new ArrayList<>();
            group.results().add(new Result(segment, notes));
          }
        }
        case "SPM" -> {
          if (group != null) {
            group.specimens().add(segment);
          }
        }
        case "NTE" -> {
          if (group != null) {
            notes.add(segment);
          }
        }
        default -> {}
      }
    }
    return groups;
  }
}
