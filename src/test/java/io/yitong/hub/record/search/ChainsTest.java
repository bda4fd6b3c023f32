package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.encounter;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.util.Set;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains, reverse chains, lists and filters over one small record. */
@QuarkusTest
class ChainsTest {
  @Inject WriteResources write;
  @Inject SearchRecord search;

  private Searches searches;
  private String patient;
  private Encounter encounter;
  private Observation result;
  private DiagnosticReport report;
  private String group;
  private String list;

  @BeforeEach
  void a_patient_with_a_visit_a_result_and_a_report() {
    searches = new Searches(search);
    patient = randomId();
    encounter = encounter(patient);
    result = observation(patient, "ALT", "2026-03-02", 32);
    result.setEncounter(new Reference("Encounter/" + id(encounter)));
    report = new DiagnosticReport();
    report.setId(randomId());
    report.setStatus(DiagnosticReportStatus.FINAL);
    report.setCode(result.getCode());
    report.setSubject(new Reference("Patient/" + patient));
    report.addResult(new Reference("Observation/" + id(result)));
    var members = new Group().setType(GroupType.PERSON).setActual(true);
    members.setId(randomId());
    members.addMember().setEntity(new Reference("Patient/" + patient));
    group = members.getIdElement().getIdPart();
    var results = new ListResource().setStatus(ListStatus.CURRENT).setMode(ListMode.WORKING);
    results.setId(randomId());
    results.addEntry().setItem(new Reference("Observation/" + id(result)));
    list = results.getIdElement().getIdPart();
    write.transaction(
        putting(patient(patient), encounter, result, report, members, results), through(HOSPITAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subject:Patient.identifier=P-PATIENT",
        "subject.identifier=P-PATIENT",
        "encounter.subject:Patient.identifier=P-PATIENT",
        "encounter.patient.name=王&encounter.patient._id=PATIENT",
        "encounter:Encounter.patient.family:exact=王&patient=PATIENT",
        "encounter.status=in-progress&patient=PATIENT",
        "_has:DiagnosticReport:result:status=final&patient=PATIENT",
        "_has:DiagnosticReport:result:subject:Patient.identifier=P-PATIENT",
        "patient._has:Group:member:_id=GROUP",
        "encounter.patient._has:Group:member:_id=GROUP",
        "_has:DiagnosticReport:result:patient._has:Group:member:_id=GROUP",
        "_has:DiagnosticReport:result:_id=REPORT",
        "_list=LIST",
        "_list=List/LIST",
        "encounter.status:not=finished&patient=PATIENT",
        "_filter=subject.identifier eq P-PATIENT",
        "_filter=patient re Patient/PATIENT and code eq ALT",
        "_filter=patient eq PATIENT and (code eq AST or not (code eq AST))",
        "_filter=patient eq PATIENT and date ge 2026-03-01 and value-quantity lt 40",
        "_filter=encounter[status eq in-progress].patient.identifier eq \"P-PATIENT\"",
        "_filter=patient eq PATIENT and encounter pr true and specimen pr false",
        "_filter=patient eq PATIENT and code ne AST and date po 2026-03",
        "patient=PATIENT&_filter=_id eq RESULT",
      })
  void find_the_result(String query) {
    assertThat(searches.found(ResourceType.Observation, filled(query)))
        .as(query)
        .containsExactly(id(result));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subject:Group.identifier=P-PATIENT",
        "encounter.status=finished&patient=PATIENT",
        "_has:DiagnosticReport:result:status=amended&patient=PATIENT",
        "patient._has:Group:member:_id=none",
        "_list=none&patient=PATIENT",
        "_filter=patient eq PATIENT and (code eq AST or code eq GLU)",
        "_filter=patient eq PATIENT and not (code eq ALT)",
      })
  void find_nothing(String query) {
    assertThat(searches.found(ResourceType.Observation, filled(query))).as(query).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_has:Observation:patient:code=ALT&_id=PATIENT",
        "_has:Observation:patient:_has:DiagnosticReport:result:_id=REPORT",
        "_has:Observation:subject:encounter._id=ENCOUNTER",
        "_has:Encounter:patient:_has:Observation:encounter:_id=RESULT",
        "_has:Group:member:_id=GROUP",
        "_filter=name sw \"王\" and identifier eq P-PATIENT",
        "_filter=name co \"瑋\" and identifier eq P-PATIENT and birthdate lt 1980",
        "_filter=family eq 王 and given ew 瑋 and name ne 李 and identifier eq P-PATIENT",
      })
  void find_the_patient(String query) {
    assertThat(searches.found(ResourceType.Patient, filled(query)))
        .as(query)
        .containsExactly(patient);
  }

  @Test
  void a_reverse_chain_shows_nothing_through_what_is_hidden() {
    var query =
        SearchQuery.parse(ResourceType.Patient, filled("_has:Observation:patient:_id=RESULT"));
    var patientsOnly = new ReadFilter(Searches.EVERYTHING.reach(), Set.of(ResourceType.Patient));

    assertThat(search.search(query, Searches.EVERYTHING).matches()).hasSize(1);
    assertThat(search.search(query, patientsOnly).matches()).isEmpty();
  }

  @Test
  void a_chain_is_ten_deep_and_no_deeper() {
    var ten = "partof.".repeat(10) + "_id=x";

    assertThat(searches.found(ResourceType.Location, ten)).isEmpty();
    assertThatThrownBy(() -> searches.found(ResourceType.Location, "partof." + ten))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SEARCH_TOO_COMPLEX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "name co",
        "name co \"x",
        "(name eq x",
        "name eq x or",
        "name eq x and (or) name eq y",
        "birthdate ge yesterday",
        "active pr maybe",
        "general-practitioner[name eq x] eq y",
      })
  void a_filter_that_does_not_follow_the_grammar_is_refused(String filter) {
    assertThatThrownBy(() -> searches.found(ResourceType.Patient, "_filter=" + filter))
        .isInstanceOfSatisfying(
            HubException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SEARCH_VALUE_INVALID));
  }

  private String filled(String query) {
    return query
        .replace("PATIENT", patient)
        .replace("GROUP", group)
        .replace("LIST", list)
        .replace("REPORT", id(report))
        .replace("RESULT", id(result))
        .replace("ENCOUNTER", id(encounter));
  }

  private static String id(org.hl7.fhir.r4.model.Resource resource) {
    return resource.getIdElement().getIdPart();
  }
}
