package io.yitong.hub.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNameTest {
  @ParameterizedTest
  @CsvSource({
    "王瑋, 王玮, false",
    "王瑋, 王*, false",
    "王瑋, 李强, true",
    "王瑋, Wang Wei, false",
    "Wang Wei, WEI WANG, false",
    "Wang Wei, John Smith, true",
    "王瑋, '', false",
  })
  void names_contradict_each_other_only_when_they_share_nothing(
      String one, String other, boolean contradicts) {
    assertThat(new PersonName(one).contradicts(new PersonName(other))).isEqualTo(contradicts);
    assertThat(new PersonName(other).contradicts(new PersonName(one))).isEqualTo(contradicts);
  }

  @Test
  void a_name_in_parts_reads_as_it_is_written() {
    var chinese = new Patient().addName(new HumanName().setFamily("王").addGiven("瑋"));
    var western = new Patient().addName(new HumanName().setFamily("Smith").addGiven("John"));

    assertThat(PersonName.of(chinese)).isEqualTo(new PersonName("王瑋"));
    assertThat(PersonName.of(western)).isEqualTo(new PersonName("Smith John"));
    assertThat(PersonName.of(new Patient()).isEmpty()).isTrue();
  }
}
