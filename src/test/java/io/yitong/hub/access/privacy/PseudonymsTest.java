package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ResourceKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PseudonymsTest {
  @Property
  void the_same_thing_has_one_name_with_one_recipient_and_another_with_each_other(
      @ForAll String thing, @ForAll String one, @ForAll String other) {
    var pseudonym = Given.pseudonyms("regulator", one).of(thing);

    assertThat(pseudonym).isEqualTo(Given.pseudonyms("regulator", one).of(thing));
    assertThat(ResourceKey.isId(pseudonym)).isTrue();
    assertThat(pseudonym).isNotEqualTo(Given.pseudonyms("research", one).of(thing));
    if (!one.equals(other)) {
      assertThat(pseudonym).isNotEqualTo(Given.pseudonyms("regulator", other).of(thing));
    }
  }

  @Property
  void profile_and_recipient_do_not_run_together(@ForAll String one, @ForAll String other) {
    if (!one.isEmpty()) {
      assertThat(Pseudonyms.of(Given.KEY, "p" + one, other).of("x"))
          .isNotEqualTo(Pseudonyms.of(Given.KEY, "p", one + other).of("x"));
    }
  }

  @Property
  void another_key_gives_other_names(@ForAll String thing) {
    var otherKey =
        "another key for tests of 32 bytes".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Pseudonyms.of(otherKey, "p", "r").of(thing))
        .isNotEqualTo(Pseudonyms.of(Given.KEY, "p", "r").of(thing));
  }

  @Property
  void a_shift_is_never_none_and_never_beyond_its_bounds(
      @ForAll String person, @ForAll @IntRange(min = 1, max = 400) int most) {
    var days = Given.pseudonyms("research", "r").shift(person, most);

    assertThat(days).isNotZero().isBetween(-most, most);
    assertThat(days).isEqualTo(Given.pseudonyms("research", "r").shift(person, most));
  }
}
