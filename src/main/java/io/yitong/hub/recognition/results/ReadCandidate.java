package io.yitong.hub.recognition.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Candidate.Flag;
import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import io.yitong.hub.recognition.decision.Candidate.Source;
import io.yitong.hub.recognition.decision.Candidate.Status;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.recognition.decision.ReferenceRange;
import io.yitong.hub.recognition.decision.ResultValue;
import io.yitong.hub.recognition.decision.ResultValue.Absent;
import io.yitong.hub.recognition.decision.ResultValue.Measured;
import io.yitong.hub.recognition.decision.ResultValue.Worded;
import io.yitong.hub.recognition.decision.SpecimenClass;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An Observation's JSON, read as far as recognition needs it: this is the hot path of an order, and
 * the model's parser would build the rest as well.
 */
final class ReadCandidate {
  /** v3-ObservationInterpretation. */
  private static final Set<String> CRITICAL = Set.of("HH", "LL", "AA");

  /** HL7 table 0493: clotted, contaminated, haemolysed. */
  private static final Set<String> UNFIT = Set.of("CLOT", "CON", "HEM");

  private final Catalogue catalogue;

  ReadCandidate(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param specimen the Specimen it was measured in, when that is at hand
   * @return empty when the Observation is of no item of the catalogue
   */
  Optional<Candidate> read(JsonNode observation, Source source, Optional<JsonNode> specimen) {
    return item(observation)
        .map(
            item ->
                new Candidate(
                    source,
                    item,
                    value(observation),
                    range(observation),
                    status(observation.path("status").asText()),
                    FhirTimes.instant(observation.path("effectiveDateTime").asText())
                        .or(() -> FhirTimes.instant(observation.path("effectiveInstant").asText())),
                    FhirTimes.instant(observation.path("issued").asText()),
                    laboratory(observation),
                    specimen.flatMap(this::specimenClass),
                    flags(observation, source, specimen)));
  }

  private Optional<Loinc> item(JsonNode observation) {
    return each(observation.path("code").path("coding"))
        .filter(coding -> coding.path("system").asText().equals(NamingSystems.LOINC))
        .flatMap(coding -> Loinc.parse(coding.path("code").asText()).stream())
        .filter(loinc -> catalogue.item(loinc).isPresent())
        .findFirst();
  }

  private static Status status(String code) {
    return switch (code) {
      case "final", "amended", "corrected" -> Status.FINAL;
      case "cancelled", "entered-in-error" -> Status.VOID;
      default -> Status.NOT_FINAL;
    };
  }

  private static ResultValue value(JsonNode observation) {
    var quantity = observation.path("valueQuantity");
    if (quantity.path("value").isNumber()) {
      return measured(quantity);
    }
    var word =
        Stream.of(
                observation.path("valueString"),
                observation.path("valueCodeableConcept").path("text"),
                observation.path("valueCodeableConcept").path("coding").path(0).path("display"),
                observation.path("valueCodeableConcept").path("coding").path(0).path("code"))
            .map(JsonNode::asText)
            .filter(text -> !text.isBlank())
            .findFirst();
    return word.<ResultValue>map(Worded::new).orElseGet(Absent::new);
  }

  private static Measured measured(JsonNode quantity) {
    var ucum =
        quantity.path("system").asText().equals(NamingSystems.UCUM)
            ? text(quantity.path("code"))
            : Optional.<String>empty();
    return new Measured(
        quantity.path("value").decimalValue(),
        quantity.path("comparator").asText(),
        text(quantity.path("unit")).or(() -> ucum).orElse(""),
        ucum);
  }

  private static Optional<ReferenceRange> range(JsonNode observation) {
    var range = observation.path("referenceRange").path(0);
    return range.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new ReferenceRange(
                number(range.path("low").path("value")),
                number(range.path("high").path("value")),
                range.path("text").asText()));
  }

  private static Optional<Laboratory> laboratory(JsonNode observation) {
    return each(observation.path("performer"))
        .filter(who -> who.path("identifier").path("system").asText().equals(NamingSystems.URI))
        .flatMap(
            who -> {
              var urn = who.path("identifier").path("value").asText();
              return Laboratory.named(urn, text(who.path("display")).orElse(urn)).stream();
            })
        .findFirst();
  }

  private Optional<SpecimenClass> specimenClass(JsonNode specimen) {
    var type = specimen.path("type");
    return Stream.concat(
            each(type.path("coding"))
                .flatMap(c -> Stream.of(c.path("code").asText(), c.path("display").asText())),
            Stream.of(type.path("text").asText()))
        .flatMap(written -> catalogue.specimen(written).stream())
        .findFirst();
  }

  private static Set<Flag> flags(JsonNode observation, Source source, Optional<JsonNode> specimen) {
    var flags = EnumSet.noneOf(Flag.class);
    if (codes(observation.path("interpretation")).anyMatch(CRITICAL::contains)) {
      flags.add(Flag.CRITICAL);
    }
    if (specimen.stream().flatMap(s -> codes(s.path("condition"))).anyMatch(UNFIT::contains)) {
      flags.add(Flag.UNRELIABLE);
    }
    var method = observation.path("method").path("text").asText().toUpperCase(Locale.ROOT);
    if (method.contains("POCT") || method.contains("床旁")) {
      flags.add(Flag.POINT_OF_CARE);
    }
    // This hub's own marks come from the register; a partner's is what its side claims.
    if (source.agreementScope().isPresent() && marked(observation)) {
      flags.add(Flag.MARK_CLAIMED);
    }
    return flags;
  }

  private static boolean marked(JsonNode observation) {
    return each(observation.path("extension"))
        .anyMatch(e -> e.path("url").asText().equals(NamingSystems.RECOGNITION_MARK));
  }

  private static Stream<String> codes(JsonNode concepts) {
    return each(concepts)
        .flatMap(concept -> each(concept.path("coding")))
        .map(coding -> coding.path("code").asText());
  }

  private static Optional<BigDecimal> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.decimalValue()) : Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText()).filter(text -> !text.isBlank());
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
