package io.yitong.hub.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final String ENGLISH = read("README.md");
  private static final String CHINESE = read("README.zh-CN.md");

  private static final Pattern HEADING = Pattern.compile("(?m)^(#+) .+$");
  private static final Pattern CODE = Pattern.compile("(?s)```(sh|yaml|csv)\n(.*?)```");
  private static final Pattern SETTING =
      Pattern.compile("(?m)^\\| `(YITONG_[A-Z_]+)` \\| (.*?) \\|");
  private static final Pattern LINK = Pattern.compile("]\\(([^):]+)\\)");

  @Test
  void both_languages_have_the_same_sections() {
    assertThat(found(HEADING, CHINESE, 1))
        .isEqualTo(found(HEADING, ENGLISH, 1))
        .hasSizeGreaterThan(5);
  }

  @Test
  void both_languages_give_the_same_commands_and_files() {
    assertThat(code(CHINESE)).isEqualTo(code(ENGLISH)).hasSizeGreaterThan(5);
  }

  @Test
  void both_languages_describe_the_same_settings() {
    assertThat(found(SETTING, CHINESE, 1)).isEqualTo(found(SETTING, ENGLISH, 1));
  }

  @Test
  void the_settings_are_those_of_the_configuration_with_their_defaults() {
    var table = settings(ENGLISH);
    Pattern.compile("\\$\\{(YITONG_[A-Z_]+):([^}]*)}")
        .matcher(read("src/main/resources/application.yaml"))
        .results()
        .forEach(
            setting ->
                assertThat(table.stream().map(MatchResult::group))
                    .as(setting.group())
                    .anyMatch(row -> describes(row, setting.group(1), setting.group(2))));
  }

  @Test
  void every_link_inside_the_project_leads_somewhere() {
    assertThat(
            Stream.of(ENGLISH, CHINESE, read("CONTRIBUTING.md"))
                .flatMap(text -> found(LINK, text, 1).stream()))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Path.of(link)).exists());
    assertThat(found(LINK, read("docs/architecture.md"), 1))
        .allSatisfy(link -> assertThat(Path.of("docs", link)).exists());
  }

  /** Where the default is no plain value, the table says in words what it is. */
  private static boolean describes(String row, String name, String standard) {
    return row.startsWith("| `" + name + "` | `" + standard + "` |")
        || row.matches("\\| `" + name + "` \\| [^`].*");
  }

  private static List<MatchResult> settings(String text) {
    return SETTING.matcher(text).results().toList();
  }

  /** Without comments, which are in the language of the page. */
  private static List<String> code(String text) {
    return CODE.matcher(text)
        .results()
        .map(block -> block.group(2).replaceAll("(?m) +# .*$", ""))
        .toList();
  }

  private static List<String> found(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
