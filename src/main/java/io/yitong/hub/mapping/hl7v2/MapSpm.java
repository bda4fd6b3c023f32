package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.lab.SpecimenFacts;
import io.yitong.hub.mapping.lab.SpecimenTypes;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.Specimen.SpecimenStatus;

/** SPM, or the older OBR-15, → Specimen. */
final class MapSpm {
  private MapSpm() {}

  static SpecimenFacts specimen(Fields spm, OrderNumbers numbers, Reference patient, Run run) {
    spm.understood(1);
    var collected = run.time(spm, 17);
    var specimen = new Specimen();
    var number = number(spm);
    if (number.isEmpty()) {
      specimen.setId(run.id("specimen", numbers.result(run), spm.component(4, 1)));
    } else {
      specimen.setId(run.id("specimen", number));
      specimen
          .addIdentifier()
          .setSystem(run.institution().numberSystem("specimen"))
          .setValue(number);
    }
    if (spm.has(4)) {
      specimen.setType(type(spm.value(4), run));
    }
    collected.ifPresent(time -> specimen.getCollection().setCollected(time.dateTime()));
    if (spm.has(7)) {
      specimen
          .getCollection()
          .setMethod(Concepts.of(spm.value(7), run.institution().numberSystem("table-0488")));
    }
    if (spm.has(8)) {
      specimen
          .getCollection()
          .setBodySite(Concepts.of(spm.value(8), run.institution().numberSystem("body-site")));
    }
    run.time(spm, 18).ifPresent(time -> specimen.setReceivedTimeElement(time.dateTime()));
    if (spm.has(21)) {
      specimen.setStatus(SpecimenStatus.UNSATISFACTORY);
      for (var reason : spm.values(21)) {
        specimen.addCondition(Concepts.of(reason, run.institution().numberSystem("table-0490")));
      }
    }
    return new SpecimenFacts(put(specimen, patient, run), collected);
  }

  /** Before v2.5 the specimen stood in OBR-15, received at OBR-14. */
  static Optional<SpecimenFacts> ofObr(
      Fields obr,
      OrderNumbers numbers,
      Optional<PartialTime> collected,
      Reference patient,
      Run run) {
    if (!obr.has(15)) {
      return Optional.empty();
    }
    var source = obr.value(15);
    var type = Concepts.of(source.nested(1), run.institution().numberSystem("specimen-type"));
    var whole = source.text();
    if (!type.hasText() && !whole.equals(source.component(1))) {
      type.setText(whole.replace(run.message().delimiters().component(), ' ').strip());
    }
    var specimen = new Specimen();
    specimen.setId(run.id("specimen", numbers.result(run), source.subcomponent(1, 1)));
    specimen.setType(SpecimenTypes.standardised(type));
    collected.ifPresent(time -> specimen.getCollection().setCollected(time.dateTime()));
    run.time(obr, 14).ifPresent(time -> specimen.setReceivedTimeElement(time.dateTime()));
    return Optional.of(new SpecimenFacts(put(specimen, patient, run), collected));
  }

  private static CodeableConcept type(Hl7Value value, Run run) {
    return SpecimenTypes.standardised(
        Concepts.of(value, run.institution().numberSystem("specimen-type")));
  }

  /** SPM-2: the laboratory's number, else the orderer's. */
  private static String number(Fields spm) {
    var value = spm.value(2);
    var filler = value.subcomponent(2, 1);
    return filler.isEmpty() ? value.subcomponent(1, 1) : filler;
  }

  private static Reference put(Specimen specimen, Reference patient, Run run) {
    specimen.setSubject(patient);
    var key = ResourceKey.of(specimen);
    return run.draft().has(key) ? new Reference(key.reference()) : run.draft().put(specimen);
  }
}
