package io.yitong.hub.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.PersonLinks;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.WriteResources;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Person.IdentityAssuranceLevel;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LinkPersonsTest {
  private static final InstitutionId HOSPITAL = institution(0);
  private static final InstitutionId OTHER_HOSPITAL = institution(1);

  private final WriteResources write;
  private final ReadResource read;
  private final Persons persons;
  private final PersonLinks projection;
  private final MatchPatients match;
  private final UnlinkPerson unlink;

  LinkPersonsTest(
      WriteResources write,
      ReadResource read,
      Persons persons,
      PersonLinks projection,
      MatchPatients match,
      UnlinkPerson unlink) {
    this.write = write;
    this.read = read;
    this.persons = persons;
    this.projection = projection;
    this.match = match;
    this.unlink = unlink;
  }

  @Test
  void an_old_card_number_is_kept_in_its_new_form_and_is_the_same_person() {
    var card = new ResidentId("11010519491231002X");
    var old = patient("王瑋", card);
    old.getIdentifier().stream()
        .filter(id -> NamingSystems.RESIDENT_ID.equals(id.getSystem()))
        .forEach(id -> id.setValue("110105491231002"));

    var before = put(old, HOSPITAL);
    var after = put(patient("王瑋", card), OTHER_HOSPITAL);

    assertThat(persons.of(before)).isEqualTo(persons.of(after));
    assertThat(
            read.current(new ResourceKey(ResourceType.Patient, before), ReadFilter.everything())
                .orElseThrow()
                .as(Patient.class)
                .getIdentifier())
        .extracting(Identifier::getValue)
        .contains(card.value());
  }

  @Test
  void one_card_at_two_institutions_is_one_person() {
    var card = ResidentIds.random();
    var here = put(patient("王瑋", card), HOSPITAL);
    var there = put(patient("王玮", card), OTHER_HOSPITAL);

    var link = persons.of(here).orElseThrow();

    assertThat(link.certain()).isTrue();
    assertThat(persons.of(there)).contains(link);
    assertThat(persons.patientIdsOf(link.person())).containsExactlyInAnyOrder(here, there);
    assertThat(projection.personsOf(List.of(here, there)).values())
        .containsOnly(link.person().value());
    assertThat(golden(link.person()).getLink())
        .extracting(each -> each.getTarget().getReference())
        .containsExactlyInAnyOrder("Patient/" + here, "Patient/" + there);
    assertThat(golden(link.person()).getLink())
        .allMatch(each -> each.getAssurance() == IdentityAssuranceLevel.LEVEL4);
  }

  @Test
  void eight_institutions_registering_one_card_at_the_same_time_make_one_person() throws Exception {
    for (var round = 0; round < 5; round++) {
      var card = ResidentIds.random();
      var registrations = new ArrayList<Callable<String>>();
      for (var i = 0; i < 8; i++) {
        var institution = institution(i);
        registrations.add(() -> put(patient("王瑋", card), institution));
      }

      var patients = inParallel(registrations);

      var found = new HashSet<PersonId>();
      for (var patient : patients) {
        assertThat(persons.of(patient).orElseThrow().certain()).isTrue();
        found.add(persons.of(patient).orElseThrow().person());
      }
      assertThat(found).hasSize(1);
      assertThat(golden(found.iterator().next()).getLink()).hasSize(8);
    }
  }

  @Test
  void without_a_card_a_patient_is_a_person_of_its_own_until_it_has_one() {
    var card = ResidentIds.random();
    var elsewhere = put(patient("王瑋", card), OTHER_HOSPITAL);
    var here = put(patient("王瑋", null), HOSPITAL);
    var own = persons.of(here).orElseThrow();
    assertThat(own.certain()).isFalse();
    assertThat(golden(own.person()).getLinkFirstRep().getAssurance())
        .isEqualTo(IdentityAssuranceLevel.LEVEL1);

    var known = patient("王瑋", card);
    known.setId(here);
    put(known, HOSPITAL);

    assertThat(persons.of(here)).isEqualTo(persons.of(elsewhere));
    assertThat(golden(own.person()).getActive()).isFalse();
    assertThat(golden(own.person()).getLink()).isEmpty();
  }

  @Test
  void an_update_that_changes_no_link_makes_no_version_of_the_person() {
    var card = ResidentIds.random();
    var here = put(patient("王瑋", card), HOSPITAL);
    var person = persons.of(here).orElseThrow().person();
    var renamed = patient("王玮", card);
    renamed.setId(here);

    put(renamed, HOSPITAL);

    assertThat(persons.of(here).orElseThrow().person()).isEqualTo(person);
    assertThat(golden(person).getMeta().getVersionId()).isEqualTo("1");
    assertThat(persons.demographics(person).orElseThrow().name()).isEqualTo("王玮");
    assertThat(persons.demographics(person).orElseThrow().residentId()).contains(card.value());
  }

  @Test
  void two_numbers_of_one_institution_are_merged() {
    var card = ResidentIds.random();
    var survivor = put(patient("王瑋", card), HOSPITAL);
    var retired = put(patient("王瑋", null), HOSPITAL);

    merge(retired, survivor, HOSPITAL);

    assertThat(persons.of(retired)).isEqualTo(persons.of(survivor));
    assertThat(persons.of(retired).orElseThrow().certain()).isTrue();
  }

  @Test
  void numbers_of_two_institutions_are_not_merged() {
    var theirs = put(patient("王瑋", null), OTHER_HOSPITAL);
    var ours = put(patient("王瑋", null), HOSPITAL);

    assertThatThrownBy(() -> merge(ours, theirs, HOSPITAL))
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.code())
                    .isIn(ErrorCode.PERSONS_CANNOT_MERGE, ErrorCode.REFERENCE_UNRESOLVED));
    assertThat(persons.of(ours)).isNotEqualTo(persons.of(theirs));
  }

  @Test
  void a_link_taken_back_stays_back_though_the_card_comes_again() {
    var card = ResidentIds.random();
    var other = put(patient("王瑋", card), OTHER_HOSPITAL);
    var wrong = put(patient("王瑋", card), HOSPITAL);

    unlink.invoke(
        new Invocation(
            Optional.of(ResourceType.Patient),
            Optional.of(wrong),
            new Parameters(),
            Optional.empty(),
            hospital(HOSPITAL),
            ReadFilter.nothing()));
    var again = patient("王瑋", card);
    again.setId(wrong);
    put(again, HOSPITAL);

    var apart = persons.of(wrong).orElseThrow();
    assertThat(apart.certain()).isFalse();
    assertThat(apart.person()).isNotEqualTo(persons.of(other).orElseThrow().person());
    assertThat(persons.patientIdsOf(persons.of(other).orElseThrow().person()))
        .containsExactly(other);
    assertThat(golden(apart.person()).getLink()).hasSize(1);
    assertThat(projection.personsOf(List.of(wrong))).containsEntry(wrong, apart.person().value());
  }

  @Test
  void a_hospital_takes_back_no_link_of_another() {
    var theirs = put(patient("王瑋", ResidentIds.random()), OTHER_HOSPITAL);

    for (var id : List.of(theirs, "does-not-exist")) {
      assertThatThrownBy(
              () ->
                  unlink.invoke(
                      new Invocation(
                          Optional.of(ResourceType.Patient),
                          Optional.of(id),
                          new Parameters(),
                          Optional.empty(),
                          hospital(HOSPITAL),
                          ReadFilter.nothing())))
          .isInstanceOfSatisfying(
              HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_PERMITTED));
    }
  }

  @Test
  void a_partner_that_knows_card_and_name_finds_the_patient_and_little_more() {
    var card = ResidentIds.random();
    var patient = patient("王瑋", card);
    patient.addAddress().setText("邻水县鼎屏镇");
    var id = put(patient, HOSPITAL);

    var found = matches(asked("王瑋", card), partner(), false);

    assertThat(found.getEntry()).hasSize(1);
    assertThat(grade(found)).isEqualTo("certain");
    var minimal = (Patient) found.getEntryFirstRep().getResource();
    assertThat(minimal.getIdElement().getIdPart()).isEqualTo(id);
    assertThat(minimal.getIdentifier()).hasSize(1);
    assertThat(minimal.getAddress()).isEmpty();
  }

  @Test
  void a_partner_that_knows_only_the_card_or_only_the_name_finds_no_one() {
    var card = ResidentIds.random();
    put(patient("王瑋", card), HOSPITAL);
    var nameOnly = asked("王瑋", null);
    nameOnly.setBirthDateElement(new DateType(card.birthDate().toString()));
    nameOnly.setGender(AdministrativeGender.fromCode(card.gender()));

    assertThat(matches(asked("李强", card), partner(), false).getEntry()).isEmpty();
    assertThat(matches(asked("", card), partner(), false).getEntry()).isEmpty();
    assertThat(matches(nameOnly, partner(), false).getEntry()).isEmpty();
  }

  @Test
  void a_hospital_may_ask_by_name_birth_date_and_sex() {
    var card = ResidentIds.random();
    var name = "王" + (char) ('一' + Math.abs(card.hashCode() % 5000));
    put(patient(name, card), HOSPITAL);
    var question = asked(name, null);
    question.setBirthDateElement(new DateType(card.birthDate().toString()));
    question.setGender(AdministrativeGender.fromCode(card.gender()));

    var found = matches(question, hospital(HOSPITAL), false);

    assertThat(found.getEntry()).hasSize(1);
    assertThat(grade(found)).isEqualTo("probable");
    assertThat(matches(question, hospital(HOSPITAL), true).getEntry()).isEmpty();
  }

  private static String grade(Bundle found) {
    return ((CodeType) found.getEntryFirstRep().getSearch().getExtensionFirstRep().getValue())
        .getCode();
  }

  private Bundle matches(Patient asked, Caller caller, boolean onlyCertain) {
    var parameters = new Parameters();
    parameters.addParameter().setName("resource").setResource(asked);
    parameters.addParameter().setName("onlyCertainMatches").setValue(new BooleanType(onlyCertain));
    var answer =
        match.invoke(
            new Invocation(
                Optional.of(ResourceType.Patient),
                Optional.empty(),
                parameters,
                Optional.empty(),
                caller,
                ReadFilter.everything()));
    return (Bundle) ((OperationAnswer.Model) answer).resource();
  }

  private static Patient asked(String name, ResidentId card) {
    var patient = new Patient();
    if (!name.isEmpty()) {
      patient.addName().setText(name);
    }
    if (card != null) {
      patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(card.value());
    }
    return patient;
  }

  private static Patient patient(String name, ResidentId card) {
    var patient = asked(name, card);
    patient.setId(UUID.randomUUID().toString());
    patient.setManagingOrganization(new Reference("Organization/500106-university-hospital"));
    patient
        .addIdentifier()
        .setSystem(HOSPITAL.numberSystem("patient"))
        .setValue(patient.getIdElement().getIdPart());
    if (card != null) {
      patient.setBirthDate(Date.valueOf(card.birthDate()));
      patient.setGender(AdministrativeGender.fromCode(card.gender()));
    }
    return patient;
  }

  private String put(Patient patient, InstitutionId institution) {
    write.put(ResourceDraft.of(ResourceJson.of(patient)), Optional.empty(), through(institution));
    return patient.getIdElement().getIdPart();
  }

  private void merge(String retired, String survivor, InstitutionId institution) {
    var old = patient("王瑋", null);
    old.setId(retired);
    old.setActive(false);
    old.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + survivor));
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(old)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl("Patient/" + retired);
    write.transaction(bundle, through(institution));
  }

  private Person golden(PersonId person) {
    return read.current(
            new ResourceKey(ResourceType.Person, person.toString()), ReadFilter.everything())
        .orElseThrow()
        .as(Person.class);
  }

  private static WriteContext through(InstitutionId institution) {
    return new WriteContext(
        hospital(institution), Optional.of(institution), Optional.empty(), "urn:yitong:test");
  }

  private static Caller hospital(InstitutionId institution) {
    return caller(institution.name(), Optional.of(institution), Role.HOSPITAL);
  }

  private static Caller partner() {
    return caller("hub-linshui", Optional.empty(), Role.PARTNER);
  }

  private static Caller caller(String client, Optional<InstitutionId> institution, Role role) {
    return new Caller(
        client, client, institution, Set.of(role), Scopes.all(), "TREAT", CorrelationId.random());
  }

  private static InstitutionId institution(int number) {
    return new InstitutionId("urn:yitong:institution:500106-identity-test-" + number);
  }

  private static List<String> inParallel(List<Callable<String>> tasks) throws Exception {
    var threads = Executors.newFixedThreadPool(tasks.size());
    try {
      var results = new ArrayList<String>();
      for (var result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }
}
