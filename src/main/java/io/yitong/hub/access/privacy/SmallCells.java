package io.yitong.hub.access.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table of counts of which nothing is told that few persons are behind. A cell of fewer persons
 * than {@code smallest} is withheld, and with it as many others of each line (the cells that differ
 * in one dimension alone) that it does not follow from the line's total, which another question may
 * have told. What is told is rounded, so that two tables that differ in one person mostly look
 * alike.
 *
 * @param smallest at least 2; also what is rounded to
 */
public record SmallCells(int smallest) {
  private static final Comparator<List<String>> BY_VALUES =
      Comparator.comparing(values -> String.join("\u0000", values));

  public SmallCells {
    if (smallest < 2) {
      throw new IllegalArgumentException("yitong.privacy.smallest-cell: " + smallest);
    }
  }

  /**
   * A cell's counts.
   *
   * @param resources those of the persons
   */
  public record Count(long persons, long resources) {
    public Count plus(Count other) {
      return new Count(persons + other.persons, resources + other.resources);
    }
  }

  /**
   * What may be told.
   *
   * @param cells in the order of their values
   * @param withheld whether any cell is not among them that is not empty
   */
  public record Told(Map<List<String>, Count> cells, boolean withheld) {}

  /**
   * @param table by the values of each dimension, in one order of these; empty cells missing
   */
  public Told of(Map<List<String>, Count> table) {
    var hidden = new TreeSet<List<String>>(BY_VALUES);
    table.forEach(
        (cell, count) -> {
          if (count.persons() < smallest) {
            hidden.add(cell);
          }
        });
    while (hideMore(table, hidden)) {
      // until no line tells of what is hidden in it
    }
    var told = new TreeMap<List<String>, Count>(BY_VALUES);
    table.forEach(
        (cell, count) -> {
          if (!hidden.contains(cell)) {
            told.put(cell, new Count(rounded(count.persons()), rounded(count.resources())));
          }
        });
    return new Told(told, !hidden.isEmpty());
  }

  private boolean hideMore(Map<List<String>, Count> table, TreeSet<List<String>> hidden) {
    var more = false;
    for (var line : lines(table)) {
      var few = line.stream().filter(hidden::contains).toList();
      var persons = few.stream().mapToLong(cell -> table.get(cell).persons()).sum();
      if (!few.isEmpty() && (few.size() == 1 || persons < smallest)) {
        more |=
            line.stream()
                .filter(cell -> !hidden.contains(cell))
                .min(
                    Comparator.<List<String>>comparingLong(cell -> table.get(cell).persons())
                        .thenComparing(BY_VALUES))
                .map(hidden::add)
                .orElse(false);
      }
    }
    return more;
  }

  /** The cells that have all values in common but one dimension's. */
  private static List<List<List<String>>> lines(Map<List<String>, Count> table) {
    var lines = new HashMap<List<String>, List<List<String>>>();
    for (var cell : table.keySet()) {
      for (var dimension = 0; dimension < cell.size(); dimension++) {
        var line = new ArrayList<>(cell);
        line.set(dimension, "\u0000" + dimension);
        lines.computeIfAbsent(line, any -> new ArrayList<>()).add(cell);
      }
    }
    return List.copyOf(lines.values());
  }

  private long rounded(long count) {
    return Math.max(smallest, (count + smallest / 2) / smallest * smallest);
  }
}
