package io.yitong.hub.fhir.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimitiveFormatTest {
  /** As FHIR R4, 2.24.0.1, has them: right for what is short. */
  private static final Pattern OID = Pattern.compile("urn:oid:[0-2](\\.(0|[1-9]\\d*))+");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]*={0,2}\\s*");

  @Property
  void an_oid_is_what_the_specification_says(@ForAll @From("nearlyOids") String text) {
    assertThat(PrimitiveFormat.holds("oid", text)).isEqualTo(OID.matcher(text).matches());
  }

  @Property
  void base64_is_what_the_specification_says(@ForAll @From("nearlyBase64") String text) {
    var blankWithin = text.trim().matches(".*=\\s+=.*");
    assertThat(PrimitiveFormat.holds("base64Binary", text))
        .isEqualTo(
            !text.isEmpty() && (BASE64.matcher(text).matches() || blankWithin && onlyEnds(text)));
  }

  private static boolean onlyEnds(String text) {
    return BASE64.matcher(text.replaceAll("\\s", "")).matches();
  }

  /** With a pattern, one would nest a million deep and the other go back a million times. */
  @ParameterizedTest
  @ValueSource(ints = {1_000_000})
  void a_value_of_megabytes_is_looked_through_once(int length) {
    assertThat(PrimitiveFormat.holds("oid", "urn:oid:2" + ".1".repeat(length))).isTrue();
    assertThat(PrimitiveFormat.holds("oid", "urn:oid:2" + ".1".repeat(length) + "!")).isFalse();
    assertThat(PrimitiveFormat.holds("base64Binary", "AAAA" + " ".repeat(length))).isTrue();
    assertThat(PrimitiveFormat.holds("base64Binary", "AAAA" + " ".repeat(length) + "!")).isFalse();
  }

  @Test
  void exponents_are_bounded() {
    assertThat(PrimitiveFormat.holds("decimal", "1e999")).isTrue();
    assertThat(PrimitiveFormat.holds("decimal", "1e1000000")).isFalse();
  }

  @Provide
  Arbitrary<String> nearlyOids() {
    return Arbitraries.strings().withChars("012.3").ofMaxLength(12).map(rest -> "urn:oid:" + rest);
  }

  @Provide
  Arbitrary<String> nearlyBase64() {
    return Arbitraries.strings().withChars("aZ9+/= \n!").ofMaxLength(10);
  }
}
