package io.yitong.hub.record.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchQuery.Include;
import io.yitong.hub.record.search.SearchQuery.Sort;
import io.yitong.hub.record.search.criteria.Values;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {
  @Test
  void criteria_have_names_modifiers_and_alternatives() {
    assertThat(parse("code=a,b&name:exact=c&date=ge2026").criteria())
        .containsExactly(
            new Criterion("code", "", List.of("a", "b")),
            new Criterion("name", "exact", List.of("c")),
            new Criterion("date", "", List.of("ge2026")));
  }

  @Test
  void an_escaped_comma_belongs_to_its_value_and_other_escapes_stay_for_it() {
    assertThat(parse("code=a\\,b,c\\|d").criteria().get(0).values())
        .containsExactly("a\\,b", "c\\|d");
    assertThat(Values.parts("s|c\\|d\\,e\\$\\f")).containsExactly("s", "c|d,e$\\f");
  }

  @Test
  void percent_encoding_is_undone_and_a_plus_stays_a_plus() {
    assertThat(parse("date=ge2026-03-01T00:00:00+08:00&name=%E7%8E%8B").criteria())
        .extracting(criterion -> criterion.values().get(0))
        .containsExactly("ge2026-03-01T00:00:00+08:00", "王");
  }

  @Test
  void what_is_about_the_answer_is_no_criterion() {
    var query =
        parse(
            "_sort=-date,code&_count=5&_include=A:b&_revinclude:iterate=C:d&_total=accurate&_pretty=true&_contained=false");

    assertThat(query.criteria()).isEmpty();
    assertThat(query.sort()).containsExactly(new Sort("date", true), new Sort("code", false));
    assertThat(query.count()).hasValue(5);
    assertThat(query.includes()).containsExactly(new Include("A:b", false));
    assertThat(query.revIncludes()).containsExactly(new Include("C:d", true));
    assertThat(query.total()).isTrue();
  }

  @Test
  void written_out_it_reads_back_the_same() {
    var query =
        parse("code=a%2Cx,b|c&name:exact=%E7%8E%8B%20%26&_sort=-date&_count=5&_include=A:b");

    assertThat(parse(query.queryString())).isEqualTo(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_count=x",
        "_count=-1",
        "_sort=",
        "_summary=much",
        "_contained=perhaps",
        "_containedType=none",
        "code=",
        "a%zz=1"
      })
  void what_makes_no_sense_is_refused(String query) {
    assertThatThrownBy(() -> parse(query)).isInstanceOf(HubException.class);
  }

  private static SearchQuery parse(String query) {
    return SearchQuery.parse(ResourceType.Observation, query);
  }
}
