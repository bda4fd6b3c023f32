package io.yitong.hub.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.ResourceJson;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class ClaimTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Test
  void an_old_card_number_is_written_in_its_new_form() {
    var patient = patient("110105491231002");

    var claim = Claim.of(patient, TODAY);

    assertThat(Claim.normalise(patient, TODAY)).isTrue();
    assertThat(Claim.normalise(patient, TODAY)).isFalse();
    assertThat(claim.residentId()).contains(new ResidentId("11010519491231002X"));
    assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo("11010519491231002X");
  }

  @Test
  void a_wrong_check_digit_takes_no_part_in_matching_and_is_kept_as_sent() {
    var patient = patient("110105194912310021");

    var claim = Claim.of(patient, TODAY);

    assertThat(Claim.normalise(patient, TODAY)).isFalse();
    assertThat(claim.residentId()).isEmpty();
    assertThat(claim.flaw()).contains(IdentityFlaw.RESIDENT_ID_INVALID);
    assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo("110105194912310021");
  }

  @Test
  void another_birth_date_than_the_cards_speaks_against_it() {
    var patient = patient("11010519491231002X");
    patient.setBirthDateElement(new DateType("1950-01-01"));

    assertThat(Claim.of(patient, TODAY).flaw()).contains(IdentityFlaw.RESIDENT_ID_CONTRADICTED);
  }

  @Test
  void another_sex_than_the_cards_speaks_against_it() {
    var patient = patient("11010519491231002X").setGender(AdministrativeGender.MALE);

    assertThat(Claim.of(patient, TODAY).flaw()).contains(IdentityFlaw.RESIDENT_ID_CONTRADICTED);
  }

  @Test
  void a_sex_not_stated_and_a_birth_year_alone_say_nothing() {
    var patient = patient("11010519491231002X").setGender(AdministrativeGender.UNKNOWN);
    patient.setBirthDateElement(new DateType("1949"));

    assertThat(Claim.of(patient, TODAY).residentId()).isPresent();
  }

  @Test
  void what_was_sent_says_the_same_as_the_model_of_it() {
    var patient = patient("110105491231002");
    patient.setId("p1");
    patient.addName().setUse(HumanName.NameUse.OLD).setText("李娜");
    patient.addName().setFamily("王").addGiven("瑋");
    patient.addLink().setType(Patient.LinkType.REPLACEDBY).getOther().setReference("Patient/p2");

    var sent = ResourceJson.of(patient).root();

    assertThat(Claim.of(sent, "p1", TODAY)).isEqualTo(Claim.of(patient, TODAY));
    assertThat(Claim.isToBeNormalised(sent, TODAY)).isTrue();
  }

  private static Patient patient(String residentId) {
    var patient = new Patient();
    patient.setId("p1");
    patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId);
    return patient;
  }
}
