package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.access.privacy.SmallCells.Count;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SmallCellsTest {
  private static final SmallCells FIVE = new SmallCells(5);

  @Test
  void four_are_withheld_and_five_are_told() {
    assertThat(FIVE.of(Map.of(List.of("male"), new Count(4, 9))).cells()).isEmpty();
    assertThat(FIVE.of(Map.of(List.of("male"), new Count(4, 9))).withheld()).isTrue();
    assertThat(FIVE.of(Map.of(List.of("male"), new Count(5, 9))).cells())
        .containsEntry(List.of("male"), new Count(5, 10));
    assertThat(FIVE.of(Map.of(List.of("male"), new Count(5, 9))).withheld()).isFalse();
  }

  @Test
  void a_withheld_cell_is_not_the_total_less_the_others() {
    var told =
        FIVE.of(
            Map.of(
                List.of("a"), new Count(2, 2),
                List.of("b"), new Count(30, 30),
                List.of("c"), new Count(12, 12)));

    assertThat(told.cells()).containsOnlyKeys(List.of("b"));
  }

  @Test
  void two_tables_that_differ_in_one_person_mostly_look_alike() {
    assertThat(FIVE.of(Map.of(List.of("a"), new Count(30, 30))).cells())
        .isEqualTo(FIVE.of(Map.of(List.of("a"), new Count(31, 32))).cells());
  }

  @Property
  void no_line_tells_of_what_is_hidden_in_it(
      @ForAll @From("tables") Map<List<String>, Count> table) {
    var told = FIVE.of(table);

    assertThat(table.keySet()).containsAll(told.cells().keySet());
    assertThat(told.withheld()).isEqualTo(told.cells().size() < table.size());
    for (var cell : table.keySet()) {
      assertThat(told.cells().containsKey(cell) && table.get(cell).persons() < 5).isFalse();
      for (var dimension = 0; dimension < cell.size(); dimension++) {
        var line = line(table, cell, dimension);
        var hidden = line.stream().filter(each -> !told.cells().containsKey(each)).toList();
        var persons = hidden.stream().mapToLong(each -> table.get(each).persons()).sum();
        assertThat(
                hidden.isEmpty()
                    || hidden.size() == line.size()
                    || hidden.size() > 1 && persons >= 5)
            .as("%s of %s", hidden, line)
            .isTrue();
      }
    }
  }

  private static List<List<String>> line(
      Map<List<String>, Count> table, List<String> cell, int varied) {
    return table.keySet().stream()
        .filter(
            other -> {
              var equal = true;
              for (var i = 0; i < cell.size(); i++) {
                equal &= i == varied || other.get(i).equals(cell.get(i));
              }
              return equal;
            })
        .toList();
  }

  @Provide
  Arbitrary<Map<List<String>, Count>> tables() {
    var cell =
        Combinators.combine(
                Arbitraries.of("male", "female", "unknown"),
                Arbitraries.of("500106", "500102", "511623", "500238"))
            .as((sex, district) -> List.of(sex, district));
    return Arbitraries.maps(cell, Arbitraries.longs().between(1, 40).map(n -> new Count(n, n)));
  }
}
