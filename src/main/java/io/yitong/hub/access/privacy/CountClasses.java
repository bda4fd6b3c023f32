package io.yitong.hub.access.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the persons of a region by their traits, and decides what of these may be told. */
public final class CountClasses {
  private final List<QuasiIdentifier> givenUp;
  private final int k;
  private final Map<Traits, Long> persons = new HashMap<>();

  public CountClasses(DeidentificationProfile profile) {
    this(profile.quasiIdentifiers(), profile.k());
  }

  /**
   * @param givenUp in the order in which they are given up
   */
  CountClasses(List<QuasiIdentifier> givenUp, int k) {
    this.givenUp = givenUp;
    this.k = k;
  }

  public void add(Traits person) {
    persons.merge(person, 1L, Long::sum);
  }

  /**
   * Classes of fewer than k persons give up one trait after the other, joining those who tell as
   * little; who is still too few then is not told at all. A class that is large enough stays: it
   * can only grow.
   */
  public AnonymousClasses decide() {
    var told = new HashMap<Traits, Traits>();
    persons.keySet().forEach(traits -> told.put(traits, traits));
    for (var next : givenUp) {
      var sizes = sizes(told);
      told.replaceAll((traits, now) -> sizes.get(now) < k ? now.without(next) : now);
    }
    var sizes = sizes(told);
    told.values().removeIf(now -> sizes.get(now) < k);
    return new AnonymousClasses(k, persons, told);
  }

  private Map<Traits, Long> sizes(Map<Traits, Traits> told) {
    return AnonymousClasses.sizes(persons, told);
  }
}
