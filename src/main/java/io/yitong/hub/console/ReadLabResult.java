package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.LabResult;
import io.yitong.hub.fhir.NamingSystems;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;

/** One Observation as a line of the results page. */
final class ReadLabResult {
  private final Function<Reference, Text> laboratories;

  /**
   * @param laboratories names of performers
   */
  ReadLabResult(Function<Reference, Text> laboratories) {
    this.laboratories = laboratories;
  }

  LabResult read(String id, Observation observation, String source) {
    var range =
        observation.getReferenceRange().stream()
            .filter(r -> r.hasLow() || r.hasHigh() || r.hasText())
            .findFirst();
    return new LabResult(
        id,
        collected(observation),
        instant(observation.getIssued()),
        text(observation),
        drawable(observation),
        range.map(ObservationReferenceRangeComponent::getLow).map(Quantity::getValue),
        range.map(ObservationReferenceRangeComponent::getHigh).map(Quantity::getValue),
        range.map(ReadLabResult::rangeText),
        Flag.of(observation),
        observation.getStatus().toCode(),
        laboratory(observation),
        mark(observation),
        source);
  }

  /** The unit results are compared in: its UCUM code, else as written; empty when there is none. */
  static String comparableUnit(Observation observation) {
    if (!observation.hasValueQuantity()) {
      return "";
    }
    var quantity = observation.getValueQuantity();
    return Stream.of(quantity.getCode(), quantity.getUnit())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  static Optional<String> writtenUnit(Observation observation) {
    if (!observation.hasValueQuantity()) {
      return Optional.empty();
    }
    var quantity = observation.getValueQuantity();
    return Stream.of(quantity.getUnit(), quantity.getCode()).filter(Objects::nonNull).findFirst();
  }

  private static Optional<Instant> collected(Observation observation) {
    if (observation.hasEffectiveDateTimeType()) {
      return Optional.of(observation.getEffectiveDateTimeType())
          .filter(DateTimeType::hasValue)
          .flatMap(time -> instant(time.getValue()));
    }
    return observation.hasEffectivePeriod()
        ? instant(observation.getEffectivePeriod().getStart())
        : Optional.empty();
  }

  private static Optional<Instant> instant(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }

  private static String text(Observation observation) {
    if (observation.hasValueQuantity()) {
      return quantity(observation.getValueQuantity());
    }
    if (observation.hasValueStringType()) {
      return observation.getValueStringType().getValue();
    }
    if (observation.hasValueCodeableConcept()) {
      return concept(observation.getValueCodeableConcept());
    }
    if (observation.hasValue() && observation.getValue().isPrimitive()) {
      return observation.getValue().primitiveValue();
    }
    return concept(observation.getDataAbsentReason());
  }

  private static String quantity(Quantity quantity) {
    if (!quantity.hasValue()) {
      return "";
    }
    var comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
    return comparator + quantity.getValue().toPlainString();
  }

  private static String concept(CodeableConcept concept) {
    return Stream.concat(
            Stream.of(concept.getText()),
            concept.getCoding().stream()
                .flatMap(coding -> Stream.of(coding.getDisplay(), coding.getCode())))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static Optional<BigDecimal> drawable(Observation observation) {
    if (!stands(observation) || !observation.hasValueQuantity()) {
      return Optional.empty();
    }
    var quantity = observation.getValueQuantity();
    var bound = quantity.hasComparator() && quantity.getComparator() != QuantityComparator.NULL;
    return bound ? Optional.empty() : Optional.ofNullable(quantity.getValue());
  }

  /** Neither withdrawn nor still without a value. */
  static boolean stands(Observation observation) {
    var status = observation.getStatus();
    return status != ObservationStatus.ENTEREDINERROR
        && status != ObservationStatus.CANCELLED
        && status != ObservationStatus.REGISTERED;
  }

  private static String rangeText(ObservationReferenceRangeComponent range) {
    if (range.hasText()) {
      return range.getText();
    }
    if (!range.hasHigh()) {
      return "≥" + quantity(range.getLow());
    }
    return range.hasLow()
        ? quantity(range.getLow()) + "–" + quantity(range.getHigh())
        : "≤" + quantity(range.getHigh());
  }

  private Optional<Text> laboratory(Observation observation) {
    return observation.hasPerformer()
        ? Optional.of(laboratories.apply(observation.getPerformerFirstRep()))
        : Optional.empty();
  }

  private static Optional<String> mark(Observation observation) {
    return Optional.ofNullable(observation.getExtensionByUrl(NamingSystems.RECOGNITION_MARK))
        .map(Extension::getValue)
        .filter(CodeableConcept.class::isInstance)
        .map(CodeableConcept.class::cast)
        .map(ReadLabResult::concept)
        .filter(text -> !text.isEmpty());
  }

  /** Groups what may be compared: the same item in the same unit. */
  static String analyteKey(Observation observation) {
    var code = observation.getCode();
    var identity =
        Naming.loinc(code)
            .map(loinc -> "loinc:" + loinc)
            .or(() -> code.getCoding().stream().findFirst().map(ReadLabResult::coded))
            .orElseGet(() -> "text:" + code.getText());
    return identity + "|" + comparableUnit(observation);
  }

  private static String coded(Coding coding) {
    return coding.getSystem() + "#" + coding.getCode();
  }
}
