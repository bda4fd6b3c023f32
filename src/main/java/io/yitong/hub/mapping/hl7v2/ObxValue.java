package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.lab.LabNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;

/** OBX-5 by its type in OBX-2 → value[x]. What does not fit its type stays as text. */
final class ObxValue {
  private final Fields obx;
  private final String unit;
  private final Run run;

  ObxValue(Fields obx, String unit, Run run) {
    this.obx = obx;
    this.unit = unit;
    this.run = run;
  }

  void into(Observation observation) {
    var type = obx.component(2, 1);
    var values = obx.values(5);
    if (values.isEmpty()) {
      absent(observation);
    } else if (isText(type)) {
      observation.setValue(text(values));
    } else if (values.size() == 1) {
      observation.setValue(value(type, values.get(0)));
    } else {
      for (var value : values) {
        observation
            .addComponent()
            .setCode(observation.getCode().copy())
            .setValue(value(type, value));
      }
    }
  }

  private static void absent(Observation observation) {
    var cancelled = observation.getStatus() == ObservationStatus.CANCELLED;
    observation.setDataAbsentReason(Unknown.reason(cancelled ? "not-performed" : "unknown"));
  }

  private static boolean isText(String type) {
    return switch (type) {
      case "ST", "TX", "FT", "" -> true;
      default -> false;
    };
  }

  /**
   * Repetitions of text are its lines. Many laboratories send numbers as ST: with a unit it is one.
   */
  private Type text(List<Hl7Value> values) {
    if (values.size() == 1) {
      var text = values.get(0).text();
      var number = unit.isEmpty() ? Optional.<LabNumber>empty() : LabNumber.parse(text);
      return number.isPresent() ? number.get().quantity(unit) : new StringType(text);
    }
    var lines = new ArrayList<String>();
    values.forEach(value -> lines.add(value.text()));
    return new StringType(String.join("\n", lines));
  }

  private Type value(String type, Hl7Value value) {
    return switch (type) {
      case "NM" -> orText(LabNumber.parse(value.text()).map(n -> n.quantity(unit)), value);
      case "SN" -> structuredNumber(value);
      case "CE", "CWE", "CNE", "CF" ->
          Concepts.of(value, run.institution().numberSystem("value-code"));
      case "DT", "TS", "DTM" ->
          orText(
              PartialTime.parse(value.component(1), run.dialect().zone())
                  .map(PartialTime::dateTime),
              value);
      case "TM" -> orText(time(value.component(1)), value);
      case "DR" -> orText(period(value), value);
      case "CQ" ->
          orText(
              LabNumber.parse(value.component(1)).map(n -> n.quantity(value.subcomponent(2, 1))),
              value);
      default -> new StringType(value.text());
    };
  }

  private static Type orText(Optional<? extends Type> type, Hl7Value value) {
    return type.isPresent() ? type.get() : new StringType(value.text());
  }

  /** SN: comparator, number, separator, number. */
  private Type structuredNumber(Hl7Value value) {
    var comparator = value.component(1);
    var separator = value.component(3);
    var first = LabNumber.parse(comparator + value.component(2));
    var second = LabNumber.parse(value.component(4));
    if (first.isPresent() && separator.isEmpty() && second.isEmpty()) {
      return first.get().quantity(unit);
    }
    if (first.isPresent() && second.isPresent() && comparator.isEmpty()) {
      if (separator.equals("-")) {
        return new Range().setLow(first.get().quantity(unit)).setHigh(second.get().quantity(unit));
      }
      if (separator.equals(":") || separator.equals("/")) {
        return new Ratio()
            .setNumerator(new Quantity().setValue(first.get().value()))
            .setDenominator(new Quantity().setValue(second.get().value()));
      }
    }
    return new StringType(comparator + value.component(2) + separator + value.component(4));
  }

  private Optional<Period> period(Hl7Value value) {
    var zone = run.dialect().zone();
    var start = PartialTime.parse(value.subcomponent(1, 1), zone);
    var end = PartialTime.parse(value.subcomponent(2, 1), zone);
    if (start.isEmpty() || (end.isEmpty() && !value.component(2).isEmpty())) {
      return Optional.empty();
    }
    var period = new Period().setStartElement(start.get().dateTime());
    end.ifPresent(time -> period.setEndElement(time.dateTime()));
    return Optional.of(period);
  }

  /** HH[MM[SS]]; FHIR's time has no zone, so one that is written keeps it as text. */
  private static Optional<TimeType> time(String text) {
    if (text.length() < 4
        || text.length() > 6
        || text.length() == 5
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    var padded = text.length() == 4 ? text + "00" : text;
    if (padded.compareTo("235959") > 0 || padded.charAt(2) > '5' || padded.charAt(4) > '5') {
      return Optional.empty();
    }
    return Optional.of(
        new TimeType(
            padded.substring(0, 2) + ":" + padded.substring(2, 4) + ":" + padded.substring(4)));
  }
}
