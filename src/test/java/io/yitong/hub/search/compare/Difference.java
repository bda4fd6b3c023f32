package io.yitong.hub.search.compare;

import io.yitong.hub.search.Query;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * An answer that is not the reference's.
 *
 * @param why one line
 * @param concerned resources, {@code Type/id}
 */
public record Difference(Query query, String why, List<String> concerned) {
  static Difference of(Query query, String what, Collection<String> references) {
    var sorted = List.copyOf(new TreeSet<>(references));
    return new Difference(query, what + " " + sorted, sorted);
  }

  static Difference of(Query query, String why) {
    return new Difference(query, why, List.of());
  }
}
