package io.yitong.hub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text of the pages exists in both languages, and nowhere else. */
class PageTextsTest {
  private static final Path PAGES = Path.of("src/main/webui/src");
  private static final Map<String, String> CHINESE = texts("zh-CN");
  private static final Map<String, String> ENGLISH = texts("en");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}+");
  private static final Pattern TEMPLATE =
      Pattern.compile("<template>\\R(.*)</template>", Pattern.DOTALL);
  private static final Pattern COMMENT_OR_EXPRESSION =
      Pattern.compile("<!--.*?-->|\\{\\{.*?}}", Pattern.DOTALL);

  /** What stands between two tags; attribute values may hold a {@code >}. */
  private static final Pattern TAG = Pattern.compile("<[^>\"]*(\"[^\"]*\"[^>\"]*)*>");

  private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");

  /** Attributes that are read out or shown, with a literal instead of a binding. */
  private static final Pattern SHOWN_ATTRIBUTE =
      Pattern.compile("\\s(title|label|placeholder|alt|aria-label)=\"([^\"]*)\"");

  private static final Pattern ASKED = Pattern.compile("\\bt\\(\\s*'([^']+)'");
  private static final String PART = "(?:\\$\\{[^}]*}|[\\w-]+)+";
  private static final Pattern NAMED =
      Pattern.compile("['`](" + PART + "(?:\\." + PART + ")+)['`]");

  @Test
  void both_languages_have_the_same_texts() {
    assertThat(ENGLISH.keySet()).containsExactlyInAnyOrderElementsOf(CHINESE.keySet());
  }

  @Test
  void no_text_is_empty() {
    assertThat(Stream.of(CHINESE, ENGLISH).flatMap(texts -> texts.entrySet().stream()))
        .noneMatch(text -> text.getValue().isBlank());
  }

  @Test
  void both_languages_fill_in_the_same_values() {
    CHINESE.forEach(
        (key, text) -> assertThat(values(ENGLISH.get(key))).as(key).isEqualTo(values(text)));
  }

  @Test
  void english_texts_are_english() {
    assertThat(ENGLISH.values()).noneMatch(text -> HAN.matcher(text).find());
  }

  @Test
  void every_text_the_pages_ask_for_exists() {
    var asked =
        sources().stream().flatMap(source -> all(ASKED, source.content())).map(hit -> hit.group(1));
    assertThat(asked).isNotEmpty().allMatch(CHINESE::containsKey);
  }

  @Test
  void every_text_is_asked_for() {
    var named =
        sources().stream()
            .flatMap(source -> all(NAMED, source.content()))
            .map(hit -> Pattern.compile(pattern(hit.group(1))))
            .toList();
    assertThat(CHINESE.keySet())
        .allMatch(key -> named.stream().anyMatch(name -> name.matcher(key).matches()));
  }

  @Test
  void templates_and_scripts_hold_no_chinese() {
    for (var source : sources()) {
      assertThat(all(HAN, source.content()).map(MatchResult::group)).as(source.name()).isEmpty();
    }
  }

  @Test
  void templates_hold_no_english() {
    for (var source : sources()) {
      TEMPLATE
          .matcher(source.content())
          .results()
          .forEach(
              template -> {
                var marked = COMMENT_OR_EXPRESSION.matcher(template.group(1)).replaceAll(" ");
                assertThat(all(SHOWN_ATTRIBUTE, marked)).as(source.name()).isEmpty();
                var shown = TAG.matcher(marked).replaceAll(" ");
                assertThat(all(WORD, shown).map(MatchResult::group)).as(source.name()).isEmpty();
              });
    }
  }

  /** A key written with {@code ${...}} stands for every key of that form. */
  private static String pattern(String written) {
    return Stream.of(written.split("\\$\\{[^}]*}", -1))
        .map(Pattern::quote)
        .reduce((a, b) -> a + "[\\w-]+" + b)
        .orElseThrow();
  }

  private static Set<String> values(String text) {
    return new TreeSet<>(all(PLACEHOLDER, text).map(hit -> hit.group(1)).toList());
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private record Source(String name, String content) {}

  private static List<Source> sources() {
    try (var files = Files.walk(PAGES)) {
      return files
          .filter(file -> file.toString().endsWith(".vue") || file.toString().endsWith(".ts"))
          .map(file -> new Source(file.toString(), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(String language) {
    try {
      return new ObjectMapper()
          .readValue(
              read(PAGES.resolve("i18n/" + language + ".json")),
              new TypeReference<Map<String, String>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
