package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
  @ParameterizedTest
  @CsvSource({
    "MESSAGE_UNREADABLE,                AE, QUARANTINED",
    "MESSAGE_CHARSET_WRONG,             AE, QUARANTINED",
    "MESSAGE_CHARSET_UNKNOWN,           AE, QUARANTINED",
    "MESSAGE_WITHOUT_CONTROL_ID,        AE, QUARANTINED",
    "MESSAGE_SEGMENT_MISSING,           AE, QUARANTINED",
    "MESSAGE_FIELD_MISSING,             AE, QUARANTINED",
    "MESSAGE_FIELD_INVALID,             AE, QUARANTINED",
    "MESSAGE_CONTROL_ID_REUSED,         AE, QUARANTINED",
    "PATIENT_UNKNOWN,                   AE, QUARANTINED",
    "CSV_COLUMN_MISSING,                AE, QUARANTINED",
    "CSV_ROW_INVALID,                   AE, QUARANTINED",
    "INTERNAL,                          AE, QUARANTINED",
    "MESSAGE_TRUNCATED,                 AR, REFUSED",
    "MESSAGE_TYPE_UNSUPPORTED,          AR, REFUSED",
    "MESSAGE_PROCESSING_ID_UNSUPPORTED, AR, REFUSED",
    "MESSAGE_VERSION_UNSUPPORTED,       AR, REFUSED",
    "DATABASE_UNREACHABLE,              AR, ",
    "BUSY,                              AR, ",
  })
  void every_condition_has_its_answer_and_its_place_in_the_journal(
      ErrorCode condition, String msa1, JournalState state) {
    var answer = Answer.to(Objection.of(condition, "", "a", "b", "c"));

    assertThat(answer.msa1()).isEqualTo(msa1);
    assertThat(answer.state().orElse(null)).isEqualTo(state);
    assertThat(answer.isFinal()).isEqualTo(state != null);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void no_condition_is_answered_as_accepted(ErrorCode condition) {
    assertThat(Answer.to(Objection.of(condition, "", "a", "b", "c")).msa1()).isIn("AE", "AR");
  }

  @Test
  void what_was_applied_is_accepted() {
    assertThat(Answer.accepted().msa1()).isEqualTo("AA");
    assertThat(Answer.accepted().state()).contains(JournalState.ACCEPTED);
  }
}
