package io.yitong.hub.mapping.hl7v2;

import static io.yitong.hub.mapping.hl7v2.Messages.header;
import static io.yitong.hub.mapping.hl7v2.Messages.mapped;
import static io.yitong.hub.mapping.hl7v2.Messages.one;
import static io.yitong.hub.mapping.hl7v2.Messages.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Dialects;
import io.yitong.hub.mapping.Mapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

class MappingPropertiesTest {
  private static final List<String> MESSAGES = goldenMessages();
  private static final String DELIMITERS = "|^~\\&\r\n\"0A王";

  @Property(tries = 50)
  void the_same_message_gives_the_same_bytes(@ForAll("messages") String text) {
    assertThat(json(text)).isEqualTo(json(text));
  }

  @Property(tries = 300)
  void no_part_of_a_name_is_lost(
      @ForAll("words") String family,
      @ForAll("words") String given,
      @ForAll("words") String middle,
      @ForAll("words") String suffix,
      @ForAll("words") String prefix,
      @ForAll("words") String degree) {
    // When
    var name = String.join("^", family, given, middle, suffix, prefix, degree);
    var patient = one(mapped(header("ADT^A04"), segment("PID", 3, "77", 5, name)), Patient.class);

    // Then
    assertThat(parts(patient.getNameFirstRep()))
        .contains(family, given, middle, suffix, prefix, degree);
  }

  /** Whatever a sender breaks: it is mapped or refused, and what is mapped is FHIR. */
  @Property(tries = 2000)
  void a_mutated_message_is_mapped_or_refused(@ForAll("messages") String text, @ForAll long seed) {
    var mutated = mutated(text, new Random(seed));
    Mapped mapped;
    try {
      mapped = map(mutated);
    } catch (HubException e) {
      return;
    }
    if (mapped instanceof Mapped.Success success) {
      assertThat(FhirJson.parse(FhirJson.write(success.transaction()))).isNotNull();
    }
  }

  @Provide
  Arbitrary<String> messages() {
    return Arbitraries.of(MESSAGES);
  }

  @Provide
  Arbitrary<String> words() {
    var chinese = Arbitraries.strings().withCharRange('一', '龥').ofMinLength(1).ofMaxLength(3);
    var latin = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    return Arbitraries.oneOf(chinese, latin);
  }

  private static List<String> parts(HumanName name) {
    var parts = new ArrayList<String>();
    parts.add(name.getFamily());
    for (var list : List.of(name.getGiven(), name.getSuffix(), name.getPrefix())) {
      list.stream().map(StringType::getValue).forEach(parts::add);
    }
    return parts;
  }

  private static String mutated(String text, Random random) {
    var out = new StringBuilder(text);
    for (var i = 0; i < 1 + random.nextInt(12); i++) {
      var at = random.nextInt(out.length());
      var c = DELIMITERS.charAt(random.nextInt(DELIMITERS.length()));
      switch (random.nextInt(4)) {
        case 0 -> out.setCharAt(at, c);
        case 1 -> out.insert(at, c);
        case 2 -> out.deleteCharAt(at);
        default -> out.insert(at, out.substring(at, Math.min(out.length(), at + 30)));
      }
    }
    return out.toString();
  }

  private static byte[] json(String text) {
    return FhirJson.write(((Mapped.Success) map(text)).transaction());
  }

  private static Mapped map(String text) {
    var message = Hl7Message.parse(text);
    return new MapHl7Message().map(message, Dialects.PEOPLES_HOSPITAL, "urn:uuid:1");
  }

  private static List<String> goldenMessages() {
    try (var files = Files.walk(Path.of("src/test/resources/mapping"))) {
      return files
          .filter(file -> file.toString().endsWith(".hl7"))
          .sorted()
          .map(MappingPropertiesTest::decoded)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decoded(Path file) {
    try {
      var gb18030 = file.toString().contains(".gb18030.");
      var charset = gb18030 ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
      return new String(Files.readAllBytes(file), charset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
