package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.access.privacy.Deidentify.Why;
import io.yitong.hub.access.privacy.Deidentify.Withheld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples that stand in the profiles. Braces hold what a pseudonym is made of, or a shift. */
class ProfileExamplesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PERSON = "person-1";
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z]+[ /-][^{}\"]+)}");

  @TestFactory
  List<DynamicTest> examples() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var name : DeidentificationProfile.NAMES) {
      try (var in = getClass().getResourceAsStream(DeidentificationProfile.file(name))) {
        for (var example : JSON.readTree(in).required("examples")) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + ": " + example.required("says").asText(), () -> holds(name, example)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests;
  }

  private static void holds(String profile, JsonNode example) throws IOException {
    var given = JSON.writeValueAsBytes(example.required("given"));

    var answer = Given.deidentify(profile, "recipient").of(given, Optional.of(PERSON));

    if (example.has("withheld")) {
      assertThat(answer).isEqualTo(new Withheld(Why.valueOf(example.get("withheld").asText())));
    } else {
      assertThat(answer).isInstanceOf(Deidentify.Given.class);
      assertThat(JSON.readTree(((Deidentify.Given) answer).json()))
          .isEqualTo(JSON.readTree(filled(profile, example.required("gives").toString())));
    }
  }

  private static String filled(String profile, String text) {
    var pseudonyms = Given.pseudonyms(profile, "recipient");
    return PLACE.matcher(text).replaceAll(place -> filled(profile, pseudonyms, place));
  }

  private static String filled(String profile, Pseudonyms pseudonyms, MatchResult place) {
    var what = place.group(1);
    if (what.startsWith("shift ")) {
      var days = pseudonyms.shift(PERSON, Given.profile(profile).shiftDays());
      return Dates.shift(what.substring("shift ".length()), days).orElseThrow();
    }
    return pseudonyms.of(what);
  }
}
