package io.yitong.hub.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A patient and all laboratory results of the person, as the page shows them.
 *
 * @param earlierLeftOut whether there are more results than are shown; those left out are the
 *     oldest
 */
record PatientRecord(
    Demographics patient,
    List<Analyte> analytes,
    List<Source> sources,
    List<PartnerState> partners,
    boolean earlierLeftOut) {

  /**
   * Who it is.
   *
   * @param id FHIR id of the Patient
   * @param residentId masked
   * @param numbers the person's number at each institution
   */
  record Demographics(
      String id,
      String name,
      Optional<String> gender,
      Optional<LocalDate> birthDate,
      Optional<Integer> ageYears,
      Optional<String> residentId,
      List<InstitutionNumber> numbers) {}

  record InstitutionNumber(Text institution, String number) {}

  /** Results of one item in one unit, newest first. */
  record Analyte(
      String key,
      Text name,
      Optional<String> loinc,
      Optional<String> unit,
      int count,
      LabResult latest,
      List<LabResult> results) {}

  /**
   * One Observation.
   *
   * @param collectedAt empty when unknown
   * @param text the value as reported, with its comparator
   * @param value what can be drawn; empty for texts, bounds such as {@code <5} and results that do
   *     not stand
   * @param source key of its {@link Source}
   */
  record LabResult(
      String id,
      Optional<Instant> collectedAt,
      Optional<Instant> issuedAt,
      String text,
      Optional<BigDecimal> value,
      Optional<BigDecimal> low,
      Optional<BigDecimal> high,
      Optional<String> range,
      Optional<Flag> flag,
      String status,
      Optional<Text> laboratory,
      Optional<String> mark,
      String source) {}

  /** Whose record a result stands in. */
  record Source(String key, SourceKind kind, Text name) {}

  enum SourceKind {
    /** The user's own institution. */
    OWN,
    /** Another institution of this region. */
    REGION,
    /** The hub of another region. */
    PARTNER;

    @JsonValue
    String code() {
      return Codes.of(this);
    }
  }

  /** What is held of a partner hub about the person. */
  record PartnerState(
      Text name, State state, Optional<Moment> fetched, int results, Optional<Text> error) {
    enum State {
      ANSWERED,
      NOBODY_FOUND,
      LATE,
      REFUSED;

      @JsonValue
      String code() {
        return Codes.of(this);
      }
    }
  }
}
