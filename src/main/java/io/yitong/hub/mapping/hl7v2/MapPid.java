package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.mapping.Genders;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Table;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** PID → Patient. */
final class MapPid {
  private static final Table MARITAL_STATUS = Table.load("/mapping/hl7v2/marital-status.csv");
  private static final Table LANGUAGES = Table.load("/mapping/hl7v2/languages.csv");
  private static final String BIRTH_TIME =
      "http://hl7.org/fhir/StructureDefinition/patient-birthTime";

  /** GB/T 3304, 民族. */
  private static final String ETHNICITY = NamingSystems.BASE + "StructureDefinition/ethnicity";

  private static final String ETHNIC_GROUPS = "urn:oid:2.16.156.10011.2.3.3.3";

  private MapPid() {}

  static Patient patient(Fields pid, PatientNumbers numbers, Run run, Reference organization) {
    pid.understood(1);
    var patient = new Patient();
    patient.setId(run.id("patient", numbers.number()));
    numbers.identifiers().forEach(patient::addIdentifier);
    patient.setActive(true).setManagingOrganization(organization);
    for (var name : pid.values(5)) {
      addName(patient, PersonTypes.patientName(name));
    }
    for (var alias : pid.values(9)) {
      addName(patient, PersonTypes.patientName(alias).setUse(HumanName.NameUse.NICKNAME));
    }
    gender(pid, patient);
    run.time(pid, 7).ifPresent(birth -> setBirth(patient, birth));
    pid.values(11).forEach(address -> patient.addAddress(PersonTypes.address(address)));
    telecom(pid, 13, ContactPointUse.HOME, patient);
    telecom(pid, 14, ContactPointUse.WORK, patient);
    maritalStatus(pid, run).ifPresent(patient::setMaritalStatus);
    if (pid.has(15)) {
      patient.addCommunication().setLanguage(language(pid.value(15)));
    }
    if (pid.has(22)) {
      patient.addExtension(ETHNICITY, Concepts.of(pid.value(22), ETHNIC_GROUPS));
    }
    multipleBirth(pid, patient);
    deceased(pid, run, patient);
    return patient;
  }

  private static void addName(Patient patient, HumanName name) {
    if (name.hasText()) {
      patient.addName(name);
    }
  }

  private static void gender(Fields pid, Patient patient) {
    if (pid.has(8)) {
      Genders.of(pid.component(8, 1))
          .ifPresentOrElse(patient::setGender, () -> pid.notUnderstood(8));
    }
  }

  private static void setBirth(Patient patient, PartialTime birth) {
    var date = birth.date();
    if (birth.hasTimeOfDay()) {
      date.addExtension(BIRTH_TIME, birth.dateTime());
    }
    patient.setBirthDateElement(date);
  }

  private static void telecom(Fields pid, int field, ContactPointUse use, Patient patient) {
    for (var value : pid.values(field)) {
      PersonTypes.telecom(value, use).forEach(patient::addTelecom);
    }
  }

  private static Optional<CodeableConcept> maritalStatus(Fields pid, Run run) {
    if (!pid.has(16)) {
      return Optional.empty();
    }
    var sent = Concepts.of(pid.value(16), run.institution().numberSystem("marital-status"));
    MARITAL_STATUS
        .of(pid.component(16, 1))
        .ifPresent(
            code ->
                sent.getCoding()
                    .add(0, new Coding().setSystem(Systems.V3 + "MaritalStatus").setCode(code)));
    return Optional.of(sent);
  }

  /** FHIR knows languages by BCP 47 only; any other code stays text. */
  private static CodeableConcept language(Hl7Value sent) {
    var name = sent.component(2);
    var language = new CodeableConcept().setText(name.isEmpty() ? sent.component(1) : name);
    LANGUAGES
        .of(sent.component(1))
        .ifPresent(code -> language.addCoding().setSystem("urn:ietf:bcp:47").setCode(code));
    return language;
  }

  private static void multipleBirth(Fields pid, Patient patient) {
    var order = pid.component(25, 1);
    if (!order.isEmpty() && order.length() <= 2 && order.chars().allMatch(Character::isDigit)) {
      patient.setMultipleBirth(new IntegerType(Integer.parseInt(order)));
      pid.understood(24);
    } else if (pid.has(25)) {
      pid.notUnderstood(25);
    } else {
      yesOrNo(pid, 24).ifPresent(patient::setMultipleBirth);
    }
  }

  private static void deceased(Fields pid, Run run, Patient patient) {
    var time = run.time(pid, 29);
    if (time.isPresent()) {
      patient.setDeceased(time.get().dateTime());
      pid.understood(30);
    } else {
      yesOrNo(pid, 30).ifPresent(patient::setDeceased);
    }
  }

  private static Optional<BooleanType> yesOrNo(Fields pid, int field) {
    return switch (pid.component(field, 1)) {
      case "Y" -> Optional.of(new BooleanType(true));
      case "N" -> Optional.of(new BooleanType(false));
      default -> {
        pid.notUnderstood(field);
        yield Optional.empty();
      }
    };
  }
}
