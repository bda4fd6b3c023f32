package io.yitong.hub.launch.bench.fhir;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * How figures move from the smallest size to the largest: the median of a search may grow by half,
 * the rate of a write may fall to 85%.
 */
final class Growth {
  private static final double MOST = 1.5;
  private static final double LEAST = 0.85;

  private final List<MeasuredSize> sizes;

  Growth(List<MeasuredSize> sizes) {
    this.sizes = sizes;
  }

  void print(PrintStream out) {
    if (sizes.size() < 2) {
      return;
    }
    var smallest = sizes.get(0);
    var largest = sizes.get(sizes.size() - 1);
    out.printf("%nGrowth from %d to %d patients%n", smallest.patients(), largest.patients());
    for (var row : Row.all()) {
      var before = find(smallest, row);
      var after = find(largest, row);
      if (before.isPresent() && after.isPresent()) {
        line(out, row, before.get(), after.get());
      }
    }
  }

  private void line(PrintStream out, Row row, Measured before, Measured after) {
    var medians = after.p50() / before.p50();
    var rates = after.value() / before.value();
    var flat = row.isSearch() ? medians <= MOST : rates >= LEAST;
    out.printf(
        "%-48s p50 x %.2f, rate x %.2f  %s%n",
        row.name(),
        medians,
        rates,
        row.isSearch()
            ? "p50 at most x %.1f: %s".formatted(MOST, flat ? "holds" : "MISSED")
            : "rate at least x %.2f: %s".formatted(LEAST, flat ? "holds" : "MISSED"));
  }

  private static Optional<Measured> find(MeasuredSize size, Row row) {
    return size.rows().stream()
        .filter(each -> each.work().equals(row.name()) && each.flaw() == null)
        .findFirst();
  }
}
