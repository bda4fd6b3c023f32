package io.yitong.hub.access.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resident 51162319870613201X here         | resident 511623**********1X here
          身份证号 511623198706132014 不符合        | 身份证号 511623**********14 不符合
          old card 511623870613201 here            | old card 511623*******01 here
          in a URL %7C511623198706132014%2C        | in a URL %7C511623**********14%2C
          call 13800138000 now                     | call 138******00 now
          call +8613800138000 now                  | call +86138******00 now
          GET /fhir/Patient?name=王伟&_count=1     | GET /fhir/Patient?name=[masked]&_count=1
          GET /fhir/Observation?subject:Patient.family:exact=王&code=x | GET /fhir/Observation?subject:Patient.family:exact=[masked]&code=x
          GET /x?_id=1&identifier=a%7Cb&birthdate=1987-06-13 | GET /x?_id=1&identifier=[masked]&birthdate=[masked]
          Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.sig-_1 | Authorization: Bearer [token]
          got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0. back | got [token] back
          Authorization: Basic aGlzOnNlY3JldA==    | Authorization: Basic [secret]
          client_secret=hunter2&grant_type=x       | client_secret=[secret]&grant_type=x
          {"password": "hunter2"}                  | {"password": "[secret]"}
          jdbc:postgresql://db/x?user=y&password=z | jdbc:postgresql://db/x?user=y&password=[secret]
          """)
  void what_is_nobodys_business_is_masked(String text, String masked) {
    assertThat(MaskText.mask(text)).isEqualTo(masked);
    assertThat(MaskText.mask(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request=failed error=internal correlation=6f1c5f0e-6e0b-4f0e-8f55-0d6a2f6f3a10",
        "feed=511623-people-hospital/his template=mllp started",
        "message 20260314091500123456 took 1773479700123 ms",
        "urn:yitong:institution:511623-people-hospital name=x",
        "没有此地址",
        "column\tcolumn"
      })
  void what_helps_an_operator_stays(String text) {
    assertThat(MaskText.mask(text)).isSameAs(text);
  }

  @Test
  void a_private_key_is_masked_whole() {
    var key = "-----BEGIN PRIVATE KEY-----\nMIG2AgEAMBAGByqGSM49\nAgEG\n-----END PRIVATE KEY-----";

    assertThat(MaskText.mask("key: " + key + " end")).isEqualTo("key: [private key] end");
  }

  @Test
  void nothing_begins_a_line_moves_the_cursor_or_turns_the_writing_direction() {
    var forged =
        "name=x\r\n2026-03-14 INFO all is well\u001b[2J\u0000\u0085\u2028\u202e\u2066\u200f";

    var masked = MaskText.mask(forged);

    assertThat(masked)
        .startsWith("name=x\\r\\n2026-03-14 INFO all is well\\u001B[2J\\u0000\\u0085");
    assertThat(masked.codePoints())
        .noneMatch(Character::isISOControl)
        .noneMatch(c -> Character.getType(c) == Character.FORMAT)
        .noneMatch(c -> Character.getType(c) == Character.LINE_SEPARATOR);
  }

  @Test
  void a_text_made_to_be_slow_is_not() {
    Stream.of(
            "-----BEGIN PRIVATE KEY-----".repeat(50_000),
            "eyJaaaaa".repeat(200_000),
            "1".repeat(1_000_000),
            "?a.".repeat(300_000),
            "Bearer ".repeat(150_000),
            "password = ".repeat(100_000))
        .forEach(
            text -> assertTimeoutPreemptively(Duration.ofSeconds(5), () -> MaskText.mask(text)));
  }

  @Test
  void a_failure_is_masked_with_its_causes_and_keeps_its_places() {
    var cause =
        new IllegalStateException("Key (identifier)=(511623198706132014) exists\nDetail: x");
    var failure = new RuntimeException("outer", cause);
    failure.addSuppressed(new IllegalArgumentException("13800138000"));

    var masked = MaskedFailure.of(failure);

    assertThat(masked).hasToString("java.lang.RuntimeException: outer");
    assertThat(masked.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(masked.getCause())
        .hasToString(
            "java.lang.IllegalStateException: Key (identifier)=(511623**********14) exists\\nDetail: x");
    assertThat(masked.getSuppressed()[0])
        .hasToString("java.lang.IllegalArgumentException: 138******00");
    var harmless = new RuntimeException("nothing");
    assertThat(MaskedFailure.of(harmless)).isSameAs(harmless);
  }
}
