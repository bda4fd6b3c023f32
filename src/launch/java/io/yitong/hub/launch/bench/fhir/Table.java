package io.yitong.hub.launch.bench.fhir;

import java.io.PrintStream;
import java.util.Locale;

/** The measured rows beside what the issue says of them. */
final class Table {
  private static final String LINE = "%-48s %9s %10s %10s %8s %12s %10s %6s %8s %8s %5s  %s%n";

  private final MeasuredSize size;

  Table(MeasuredSize size) {
    this.size = size;
  }

  void print(PrintStream out) {
    out.printf(
        LINE,
        "work (8 connections unless said)",
        "HAPI JPA",
        "required",
        "measured",
        "p50 ms",
        "p99 ms",
        "plain PG",
        "ratio",
        "hub µs",
        "PG µs",
        "load",
        "");
    for (var row : size.rows()) {
      out.printf(
          LINE,
          row.work(),
          number(row.reference()),
          (row.required() == null ? "" : row.higherIsBetter() ? "≥" : "≤") + number(row.required()),
          row.value() == null ? "" : number(row.value()) + row.unit(),
          number(row.p50()),
          number(row.p99()) + (row.p99Required() == null ? "" : " <" + number(row.p99Required())),
          number(row.yardstick()),
          number(row.ratio()),
          number(row.hubCpu()),
          number(row.postgresCpu()),
          row.loadShare() == null ? "" : Math.round(row.loadShare() * 100) + "%",
          verdict(row));
    }
    out.println(
        "hub µs, PG µs: processor time of one request; load: the generator's share of one processor;"
            + " plain PG: document and 6 index rows in a commit, COPY rows / 12, select by key");
    out.println(
        "off in this table: access checks, audit, the background quality score of feeds;"
            + " PostgreSQL: fsync and synchronous_commit on, a quarter of the memory as its buffers");
  }

  private static String verdict(Measured row) {
    if (row.flaw() != null) {
      return "FAILED: " + row.flaw();
    }
    return row.holds() ? row.required() == null ? "" : "holds" : "MISSED";
  }

  static String number(Double value) {
    if (value == null) {
      return "";
    }
    return String.format(
        Locale.ROOT, value >= 100 || value == 0 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }
}
