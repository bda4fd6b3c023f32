package io.yitong.hub.fhir.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A JSON value and where it stands in the bytes it was read from, as [start, end). */
sealed interface Json {
  int start();

  int end();

  /** What a scalar is written as. */
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
  }

  record Scalar(Kind kind, String text, int start, int end) implements Json {}

  record Array(List<Json> items, int start, int end) implements Json {}

  /**
   * @param start of the name
   */
  record Member(String name, Json value, int start) {}

  record Obj(List<Member> members, int start, int end) implements Json {
    Json get(String name) {
      for (var member : members) {
        if (member.name().equals(name)) {
          return member.value();
        }
      }
      return null;
    }
  }

  /** The members of an object while it is being read; a name that comes again is told. */
  final class Members {
    private static final int FEW = 12;

    private final List<Member> members = new ArrayList<>(8);
    private Set<String> names = Set.of();

    /**
     * @return false when there is one of this name already
     */
    boolean add(Member member) {
      if (isThere(member.name())) {
        return false;
      }
      members.add(member);
      return true;
    }

    private boolean isThere(String name) {
      if (members.size() < FEW) {
        for (var member : members) {
          if (member.name().equals(name)) {
            return true;
          }
        }
        return false;
      }
      if (names.isEmpty()) {
        names = new HashSet<>();
        members.forEach(member -> names.add(member.name()));
      }
      return !names.add(name);
    }

    List<Member> all() {
      return members;
    }
  }
}
