package io.yitong.hub.record.bulk.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadLinesTest {
  @TempDir Path folder;

  @Test
  void lines_have_their_numbers_and_places_blank_ones_are_passed_over() throws IOException {
    var lines = read("a\n\n  \r\n中文\nlast");

    assertThat(lines).extracting(Line::number).containsExactly(1L, 4L, 5L);
    assertThat(lines).extracting(Line::place).containsExactly(0L, 7L, 14L);
    assertThat(lines).extracting(ReadLinesTest::text).containsExactly("a", "中文", "last");
  }

  @Test
  void an_end_with_or_without_a_line_break_is_the_same() throws IOException {
    assertThat(read("a\nb\n")).hasSize(2);
    assertThat(read("a\nb")).hasSize(2);
    assertThat(read("")).isEmpty();
  }

  @Test
  void a_line_longer_than_what_is_read_at_once_is_whole() throws IOException {
    var longLine = "x".repeat(700_000);

    assertThat(read("a\n" + longLine + "\nb"))
        .extracting(ReadLinesTest::text)
        .containsExactly("a", longLine, "b");
  }

  @Test
  void of_a_line_that_is_too_long_nothing_is_kept() throws IOException {
    var lines = read("x".repeat(Line.LONGEST + 1) + "\nb");

    assertThat(lines).extracting(Line::length).containsExactly(Line.LONGEST + 1, 1);
    assertThat(lines.get(0).json()).isEmpty();
  }

  @Test
  void batches_are_cut_in_the_same_places_and_a_line_is_found_again() throws IOException {
    var file =
        write(
            IntStream.range(0, 1234).mapToObj(Integer::toString).collect(Collectors.joining("\n")));
    var sizes = new ArrayList<Integer>();
    try (var lines = new ReadLines(0, file)) {
      for (var batch = lines.batch(); !batch.isEmpty(); batch = lines.batch()) {
        sizes.add(batch.size());
        var last = batch.get(batch.size() - 1);
        var again = ReadLines.again(file, 0, last.number(), last.place(), last.length());
        assertThat(text(again)).isEqualTo(text(last));
      }
    }
    assertThat(sizes).containsExactly(500, 500, 234);
  }

  private List<Line> read(String text) throws IOException {
    var all = new ArrayList<Line>();
    try (var lines = new ReadLines(0, write(text))) {
      for (var batch = lines.batch(); !batch.isEmpty(); batch = lines.batch()) {
        all.addAll(batch);
      }
    }
    return all;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("input.ndjson"), text);
  }

  private static String text(Line line) {
    return new String(line.json(), StandardCharsets.UTF_8);
  }
}
