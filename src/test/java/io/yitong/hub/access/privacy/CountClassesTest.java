package io.yitong.hub.access.privacy;

import static io.yitong.hub.access.privacy.QuasiIdentifier.BIRTH;
import static io.yitong.hub.access.privacy.QuasiIdentifier.DISTRICT;
import static io.yitong.hub.access.privacy.QuasiIdentifier.SEX;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CountClassesTest {
  private static final List<QuasiIdentifier> ORDER = List.of(DISTRICT, BIRTH, SEX);

  @Test
  void a_class_of_k_is_told_as_it_is() {
    var classes = counted(3, 3, traits("male", "1950", "500106"));

    assertThat(classes.told(traits("male", "1950", "500106")))
        .contains(traits("male", "1950", "500106"));
    assertThat(classes.histogram()).containsOnly(Map.entry(3L, 1));
  }

  @Test
  void two_small_classes_give_up_the_district_and_are_one() {
    var count = new CountClasses(ORDER, 3);
    add(count, 2, traits("male", "1950", "500106"));
    add(count, 1, traits("male", "1950", "500102"));
    add(count, 3, traits("male", "1950", "511623"));

    var classes = count.decide();

    var without = new Traits(Map.of(SEX, "male", BIRTH, "1950"));
    assertThat(classes.told(traits("male", "1950", "500106"))).contains(without);
    assertThat(classes.told(traits("male", "1950", "500102"))).contains(without);
    assertThat(classes.told(traits("male", "1950", "511623")))
        .contains(traits("male", "1950", "511623"));
    assertThat(classes.madeCoarser()).isEqualTo(3);
  }

  @Test
  void too_few_of_all_are_not_told() {
    var classes = counted(3, 2, traits("male", "1950", "500106"));

    assertThat(classes.told(traits("male", "1950", "500106"))).isEmpty();
    assertThat(classes.given()).isZero();
    assertThat(classes.all()).isEqualTo(2);
  }

  @Property
  void nobody_is_in_a_class_of_fewer_than_k(
      @ForAll @From("regions") List<Traits> region, @ForAll @IntRange(min = 2, max = 6) int k) {
    var count = new CountClasses(ORDER, k);
    region.forEach(count::add);

    var classes = count.decide();

    var sizes = new HashMap<Traits, Integer>();
    region.forEach(
        person -> classes.told(person).ifPresent(now -> sizes.merge(now, 1, Integer::sum)));
    assertThat(sizes.values()).allMatch(size -> size >= k);
    assertThat(classes.given()).isEqualTo(sizes.values().stream().mapToInt(n -> n).sum());
    var before = new HashMap<Traits, Integer>();
    region.forEach(person -> before.merge(person, 1, Integer::sum));
    before.forEach(
        (person, size) -> {
          if (size >= k) {
            assertThat(classes.told(person)).contains(person);
          }
        });
    assertThat(classes.all() - classes.given()).isLessThan(k);
  }

  @Provide
  Arbitrary<List<Traits>> regions() {
    return Combinators.combine(
            Arbitraries.of("male", "female"),
            Arbitraries.of("1950", "1951", "1952"),
            Arbitraries.of("500106", "500102", "511623"))
        .as(CountClassesTest::traits)
        .list()
        .ofMaxSize(60);
  }

  private static AnonymousClasses counted(int k, int persons, Traits traits) {
    var count = new CountClasses(ORDER, k);
    add(count, persons, traits);
    return count.decide();
  }

  private static void add(CountClasses count, int persons, Traits traits) {
    for (var i = 0; i < persons; i++) {
      count.add(traits);
    }
  }

  private static Traits traits(String sex, String birth, String district) {
    return new Traits(Map.of(SEX, sex, BIRTH, birth, DISTRICT, district));
  }
}
