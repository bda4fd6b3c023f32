package io.yitong.hub.record.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTest {
  private static final String RESULT =
      """
      {"resourceType":"Observation","id":"1","meta":{"versionId":"1","lastUpdated":"2026-01-30T02:00:00.000Z"},\
      "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",\
      "code":"laboratory","display":"Laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"1742-6",\
      "display":"丙氨酸氨基转移酶"}],"text":"谷丙转氨酶"},"subject":{"reference":"Patient/2"},\
      "effectiveDateTime":"2026-01-30T10:00:00+08:00","valueQuantity":{"value":43,"unit":"U/L",\
      "system":"http://unitsofmeasure.org","code":"U/L"}}""";

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "\t\r\n {}", "王", "\"display\":\"Laboratory", RESULT})
  void json_comes_back_byte_for_byte(String json) {
    assertThat(again(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("phrases")
  void every_phrase_has_its_code_alone_and_between_others(String phrase) {
    assertThat(StoredText.of(bytes(phrase))).hasSizeLessThanOrEqualTo(2);
    assertThat(again(phrase)).isEqualTo(phrase);
    assertThat(again("王" + phrase + phrase + "x")).isEqualTo("王" + phrase + phrase + "x");
  }

  static Stream<String> phrases() {
    return Phrases.all().stream().map(phrase -> new String(phrase.text(), StandardCharsets.UTF_8));
  }

  @Test
  void phrases_cut_and_put_together_at_random_come_back() {
    var random = new Random(1);
    var phrases = phrases().toList();
    for (var i = 0; i < 2000; i++) {
      var text =
          IntStream.range(0, 8)
              .mapToObj(n -> phrases.get(random.nextInt(phrases.size())))
              .map(phrase -> phrase.substring(random.nextInt(phrase.length())))
              .reduce("", String::concat);
      assertThat(again(text)).isEqualTo(text);
    }
  }

  @Test
  void a_result_takes_less_than_half() {
    assertThat(bytes(StoredText.of(bytes(RESULT)))).hasSizeLessThan(bytes(RESULT).length / 2);
  }

  @Test
  void what_was_stored_in_full_is_read_as_it_is() {
    var stored = bytes(RESULT);

    assertThat(StoredText.json(stored)).isSameAs(stored);
  }

  private static String again(String json) {
    return new String(StoredText.json(bytes(StoredText.of(bytes(json)))), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
