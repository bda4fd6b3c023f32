package io.yitong.hub.access.privacy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What may be told of whom, so that each shares it with k persons at least (k-anonymity).
 *
 * @param persons by their own traits
 * @param told by a person's own traits, those that are told; missing when nothing of them is
 */
public record AnonymousClasses(int k, Map<Traits, Long> persons, Map<Traits, Traits> told) {
  public AnonymousClasses {
    persons = Map.copyOf(persons);
    told = Map.copyOf(told);
  }

  static Map<Traits, Long> sizes(Map<Traits, Long> persons, Map<Traits, Traits> told) {
    var sizes = new HashMap<Traits, Long>();
    told.forEach((traits, now) -> sizes.merge(now, persons.get(traits), Long::sum));
    return sizes;
  }

  /** Empty when nothing of the person may be given. */
  public Optional<Traits> told(Traits person) {
    return Optional.ofNullable(told.get(person));
  }

  /** Number of classes by their size. */
  SortedMap<Long, Integer> histogram() {
    var histogram = new TreeMap<Long, Integer>();
    sizes(persons, told).values().forEach(size -> histogram.merge(size, 1, Integer::sum));
    return histogram;
  }

  long all() {
    return persons.values().stream().mapToLong(Long::longValue).sum();
  }

  long given() {
    return told.keySet().stream().mapToLong(persons::get).sum();
  }

  /** Persons who tell fewer traits than they have. */
  long madeCoarser() {
    return told.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(entry.getValue()))
        .mapToLong(entry -> persons.get(entry.getKey()))
        .sum();
  }
}
