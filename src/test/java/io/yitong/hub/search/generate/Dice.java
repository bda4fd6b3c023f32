package io.yitong.hub.search.generate;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that can be had again by its seed. */
public final class Dice {
  private final SplittableRandom random;

  public Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to less than {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Once in so many times. */
  public boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  public <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  public final <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  public long seed() {
    return random.nextLong();
  }
}
