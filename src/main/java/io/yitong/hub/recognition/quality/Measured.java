package io.yitong.hub.recognition.quality;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.recognition.decision.RegionTime;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;

/**
 * What of a laboratory result decides on its mark.
 *
 * @param day on which the specimen was collected, in the region
 */
record Measured(InstitutionId laboratory, Loinc item, LocalDate day) {
  /** System and value of a coding or an identifier. */
  private record Named(String system, String value) {
    static Named coding(Element coding) {
      return new Named(coding.value("system").orElse(""), coding.value("code").orElse(""));
    }
  }

  /** Empty for what is no laboratory result, or does not say who measured what and when. */
  static Optional<Measured> of(Element result) {
    return of(
        codings(result, "category"),
        codings(result, "code"),
        result.children("performer").stream()
            .flatMap(performer -> performer.child("identifier").stream())
            .map(id -> new Named(id.value("system").orElse(""), id.value("value").orElse(""))),
        result
            .child("effective")
            .filter(effective -> effective.type().equals("dateTime"))
            .flatMap(Element::value)
            .map(DateTimeType::new));
  }

  private static Stream<Named> codings(Element result, String name) {
    return result.children(name).stream()
        .flatMap(concept -> concept.children("coding").stream())
        .map(Named::coding);
  }

  static Optional<Measured> of(Observation result) {
    return of(
        result.getCategory().stream()
            .flatMap(category -> category.getCoding().stream())
            .map(coding -> new Named(coding.getSystem(), coding.getCode())),
        result.getCode().getCoding().stream()
            .map(coding -> new Named(coding.getSystem(), coding.getCode())),
        result.getPerformer().stream()
            .map(performer -> performer.getIdentifier())
            .map(id -> new Named(id.getSystem(), id.getValue())),
        result.hasEffectiveDateTimeType()
            ? Optional.of(result.getEffectiveDateTimeType())
            : Optional.empty());
  }

  private static Optional<Measured> of(
      Stream<Named> categories,
      Stream<Named> codes,
      Stream<Named> performers,
      Optional<DateTimeType> collected) {
    var laboratory = new Named(NamingSystems.OBSERVATION_CATEGORY, "laboratory");
    if (categories.noneMatch(laboratory::equals)) {
      return Optional.empty();
    }
    var item =
        codes
            .filter(code -> NamingSystems.LOINC.equals(code.system()))
            .flatMap(code -> Loinc.parse(code.value()).stream())
            .findFirst();
    var by =
        performers
            .filter(id -> NamingSystems.URI.equals(id.system()))
            .flatMap(id -> Laboratory.named(id.value(), "").stream())
            .map(Laboratory::id)
            .findFirst();
    var day =
        collected.map(DateTimeType::getValue).map(moment -> RegionTime.day(moment.toInstant()));
    return item.isPresent() && by.isPresent() && day.isPresent()
        ? Optional.of(new Measured(by.get(), item.get(), day.get()))
        : Optional.empty();
  }
}
