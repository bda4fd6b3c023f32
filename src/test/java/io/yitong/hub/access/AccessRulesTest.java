package io.yitong.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hl7.fhir.r4.model.ResourceType.AuditEvent;
import static org.hl7.fhir.r4.model.ResourceType.DiagnosticReport;
import static org.hl7.fhir.r4.model.ResourceType.Encounter;
import static org.hl7.fhir.r4.model.ResourceType.Endpoint;
import static org.hl7.fhir.r4.model.ResourceType.MeasureReport;
import static org.hl7.fhir.r4.model.ResourceType.Observation;
import static org.hl7.fhir.r4.model.ResourceType.Organization;
import static org.hl7.fhir.r4.model.ResourceType.Patient;
import static org.hl7.fhir.r4.model.ResourceType.Person;
import static org.hl7.fhir.r4.model.ResourceType.Specimen;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.ReadFilter.OwnRecord;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ReadFilter.ReferenceDataOnly;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.fhir.Scopes.Criterion;
import io.yitong.hub.fhir.Scopes.Permission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  private static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Agreement IN_FORCE =
      new Agreement(
          "chongqing-linshui",
          Set.of("laboratory"),
          true,
          Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
          Optional.of(Instant.parse("2027-01-01T00:00:00Z")));

  @Test
  void a_hospital_reads_what_its_institution_is_related_to() {
    var filter =
        rules().reading(caller("system/*.rs", Role.HOSPITAL), Observation, Permission.READ);

    assertThat(filter.reach()).isEqualTo(new RelatedTo(HOSPITAL));
  }

  @Test
  void a_clinician_reads_as_a_person_of_the_hospital() {
    var caller = caller("user/*.rs", Role.CLINICIAN);

    var filter = rules().reading(caller, Observation, Permission.SEARCH);

    assertThat(filter.reach())
        .isEqualTo(new RelatedTo(HOSPITAL, Optional.of(caller.subject()), "TREAT"));
  }

  @Test
  void a_hospital_without_an_institution_in_its_token_reads_nothing() {
    var nobody = callerOf(Optional.empty(), "system/*.rs", Role.HOSPITAL);

    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(nobody, Observation, Permission.READ));
  }

  @Test
  void what_is_seen_beside_the_type_asked_for_is_bound_by_the_scopes() {
    var caller = caller("system/Patient.rs system/Encounter.s", Role.HOSPITAL);

    var read = rules().reading(caller, Patient, Permission.READ);
    var search = rules().reading(caller, Patient, Permission.SEARCH);

    assertThat(read.types()).containsExactly(Patient);
    assertThat(search.types()).containsExactlyInAnyOrder(Patient, Encounter);
  }

  @Test
  void a_scope_for_another_type_or_another_interaction_does_not_do() {
    var caller = caller("system/Patient.r", Role.HOSPITAL);

    refused(ErrorCode.SCOPE_MISSING, () -> rules().reading(caller, Observation, Permission.READ));
    refused(ErrorCode.SCOPE_MISSING, () -> rules().reading(caller, Patient, Permission.SEARCH));
    refused(ErrorCode.SCOPE_MISSING, () -> rules().writing(caller, Patient, Permission.UPDATE));
  }

  @Test
  void a_scope_narrowed_by_a_criterion_opens_that_part_of_the_type() {
    var caller = caller("system/Observation.rs?category=laboratory", Role.HOSPITAL);

    var filter = rules().reading(caller, Observation, Permission.READ);

    assertThat(filter.extents())
        .isEqualTo(
            Map.of(
                Observation,
                List.of(
                    new Extent(
                        Optional.empty(),
                        List.of(new Criterion("category", List.of("laboratory")))))));
  }

  @Test
  void a_scope_for_the_whole_type_beside_a_narrowed_one_opens_it_whole() {
    var caller = caller("system/Observation.rs?category=laboratory system/*.r", Role.HOSPITAL);

    assertThat(rules().reading(caller, Observation, Permission.READ).extents()).isEmpty();
    assertThat(rules().reading(caller, Observation, Permission.SEARCH).extents()).hasSize(1);
  }

  @Test
  void a_scope_about_the_patient_in_context_grants_nothing_without_one() {
    var caller = caller("patient/Observation.rs", Role.CLINICIAN);

    refused(ErrorCode.SCOPE_MISSING, () -> rules().reading(caller, Observation, Permission.READ));
  }

  @Test
  void a_patient_reads_their_own_record() {
    var patient = patient(Optional.of("wang-wei"));

    assertThat(rules().reading(patient, Observation, Permission.READ))
        .isEqualTo(new ReadFilter(new OwnRecord("wang-wei"), Set.of(ResourceType.values())));
  }

  @Test
  void a_patient_whose_token_does_not_say_who_it_is_reads_nothing() {
    refused(
        ErrorCode.SCOPE_MISSING,
        () -> rules().reading(patient(Optional.empty()), Observation, Permission.READ));
  }

  @Test
  void a_patient_writes_nothing() {
    refused(
        ErrorCode.NOT_PERMITTED,
        () -> rules().writing(patient(Optional.of("wang-wei")), Observation, Permission.CREATE));
  }

  private static Caller patient(Optional<String> id) {
    return new Caller(
        "app",
        "someone",
        Optional.empty(),
        Set.of(Role.PATIENT),
        Scopes.parse("patient/*.cruds"),
        "PATRQT",
        CorrelationId.random(),
        id);
  }

  @Test
  void no_care_giver_reads_the_audit() {
    var caller = caller("system/*.cruds", Role.HOSPITAL, Role.CLINICIAN);

    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(caller, AuditEvent, Permission.SEARCH));
  }

  @Test
  void a_privacy_officer_reads_the_audit_and_nothing_else() {
    var officer = callerOf(Optional.empty(), "system/*.rs", Role.PRIVACY_OFFICER);

    var filter = rules().reading(officer, AuditEvent, Permission.SEARCH);

    assertThat(filter.types()).containsExactly(AuditEvent, ResourceType.Communication);
    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(officer, Patient, Permission.READ));
    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(officer, Organization, Permission.READ));
  }

  @Test
  void a_regulator_exports_the_region_without_its_persons() {
    var regulator = callerOf(Optional.empty(), "system/*.rs", Role.REGULATOR, Role.OPERATOR);

    assertThat(rules().exporting(regulator, Patient, Permission.SEARCH).reach())
        .isEqualTo(new Pseudonymised("regulator"));
    assertThat(rules().exporting(regulator, Organization, Permission.SEARCH).reach())
        .isEqualTo(new Pseudonymised("regulator"));
    refused(
        ErrorCode.NOT_PERMITTED, () -> rules().exporting(regulator, AuditEvent, Permission.SEARCH));
    var hospital = caller("system/*.rs", Role.HOSPITAL, Role.REGULATOR);
    assertThat(rules().exporting(hospital, Patient, Permission.SEARCH).reach())
        .isEqualTo(new RelatedTo(HOSPITAL));
  }

  @Test
  void a_regulator_sees_no_person() {
    var regulator = callerOf(Optional.empty(), "system/*.rs", Role.REGULATOR);

    var filter = rules().reading(regulator, MeasureReport, Permission.SEARCH);

    assertThat(filter.reach()).isEqualTo(new ReferenceDataOnly());
    assertThat(filter.types()).doesNotContain(Patient, Observation, Encounter, Person);
    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(regulator, Patient, Permission.SEARCH));
  }

  @Test
  void a_partner_reads_the_agreed_categories_and_no_patient_by_itself() {
    var partner = callerOf(Optional.empty(), "system/*.rs", Role.PARTNER);

    var filter = rules().reading(partner, Observation, Permission.SEARCH);

    assertThat(filter.reach()).isEqualTo(new AgreedCategories(Set.of("laboratory")));
    assertThat(filter.types())
        .containsExactlyInAnyOrder(Observation, DiagnosticReport, Specimen, Organization);
    refused(ErrorCode.NOT_PERMITTED, () -> rules().reading(partner, Patient, Permission.READ));
  }

  @Test
  void a_partner_may_match_patients() {
    var partner = callerOf(Optional.empty(), "system/*.rs", Role.PARTNER);

    var filter = rules().invoking(partner, matchFor(Role.PARTNER), Optional.of(Patient));

    assertThat(filter.reach()).isEqualTo(new AgreedCategories(Set.of("laboratory")));
  }

  @Test
  void an_operation_is_refused_to_roles_it_is_not_for_and_without_the_read_scope() {
    var regulator = callerOf(Optional.empty(), "system/*.rs", Role.REGULATOR);
    var blind = callerOf(Optional.empty(), "system/Observation.rs", Role.PARTNER);

    refused(
        ErrorCode.NOT_PERMITTED,
        () -> rules().invoking(regulator, matchFor(Role.PARTNER), Optional.of(Patient)));
    refused(
        ErrorCode.SCOPE_MISSING,
        () -> rules().invoking(blind, matchFor(Role.PARTNER), Optional.of(Patient)));
  }

  @Test
  void a_partner_without_an_agreement_in_force_is_refused_in_its_name() {
    var partner = callerOf(Optional.empty(), "system/*.rs", Role.PARTNER);
    var atTheEnd = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);
    var justBefore = Clock.fixed(Instant.parse("2026-12-31T23:59:59Z"), ZoneOffset.UTC);
    Agreements known = client -> Optional.of(IN_FORCE);

    assertThat(new AccessRules(known, justBefore).reading(partner, Observation, Permission.READ))
        .isNotNull();
    assertThatThrownBy(
            () -> new AccessRules(known, atTheEnd).reading(partner, Observation, Permission.READ))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AGREEMENT_REFUSES))
        .hasMessageContaining("chongqing-linshui");
    refused(
        ErrorCode.AGREEMENT_REFUSES,
        () ->
            new AccessRules(client -> Optional.empty(), atTheEnd)
                .reading(partner, Observation, Permission.READ));
  }

  @Test
  void the_hub_itself_reads_everything() {
    var hub = Caller.hub("prefetch", CorrelationId.random());

    assertThat(rules().reading(hub, Patient, Permission.READ).reach()).isEqualTo(new Everything());
    assertThat(rules().writing(hub, Endpoint, Permission.CREATE).institution()).isEmpty();
  }

  @Test
  void a_hospital_writes_as_the_institution_of_its_token() {
    var context =
        rules().writing(caller("system/*.cruds", Role.HOSPITAL), Observation, Permission.CREATE);

    assertThat(context.institution()).contains(HOSPITAL);
    assertThat(context.asOf()).isEmpty();
    assertThat(context.source()).isEqualTo("urn:yitong:client:test-client");
  }

  @Test
  void a_hospital_writes_neither_the_registry_nor_persons_nor_the_audit() {
    var hospital = caller("system/*.cruds", Role.HOSPITAL);

    for (var type : Set.of(Endpoint, Person, AuditEvent, MeasureReport)) {
      refused(ErrorCode.NOT_PERMITTED, () -> rules().writing(hospital, type, Permission.CREATE));
    }
  }

  @Test
  void an_operator_writes_the_registry_as_the_hubs_own_and_no_patient_data() {
    var operator = caller("system/*.cruds", Role.OPERATOR);

    assertThat(rules().writing(operator, Endpoint, Permission.UPDATE).institution()).isEmpty();
    assertThat(rules().writing(operator, Organization, Permission.CREATE).institution()).isEmpty();
    refused(ErrorCode.NOT_PERMITTED, () -> rules().writing(operator, Patient, Permission.UPDATE));
  }

  @Test
  void others_write_nothing() {
    for (var role : Set.of(Role.REGULATOR, Role.PARTNER, Role.QUALITY_BODY, Role.PRIVACY_OFFICER)) {
      var caller = caller("system/*.cruds", role);
      for (var type : ResourceType.values()) {
        refused(ErrorCode.NOT_PERMITTED, () -> rules().writing(caller, type, Permission.CREATE));
      }
    }
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static AccessRules rules() {
    return new AccessRules(client -> Optional.of(IN_FORCE), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Caller caller(String scope, Role... roles) {
    return callerOf(Optional.of(HOSPITAL), scope, roles);
  }

  private static Caller callerOf(Optional<InstitutionId> institution, String scope, Role... roles) {
    return new Caller(
        "test-client",
        "test-client",
        institution,
        Set.of(roles),
        Scopes.parse(scope),
        "TREAT",
        CorrelationId.random());
  }

  private static Operation matchFor(Role role) {
    return new Operation() {
      @Override
      public OperationName name() {
        return new OperationName("match");
      }

      @Override
      public Set<ResourceType> on() {
        return Set.of(Patient);
      }

      @Override
      public Set<Role> roles() {
        return Set.of(role);
      }

      @Override
      public String definition() {
        return "http://hl7.org/fhir/OperationDefinition/Patient-match";
      }

      @Override
      public boolean readOnly() {
        return true;
      }

      @Override
      public OperationAnswer invoke(Invocation call) {
        throw new AssertionError("rules invoke nothing");
      }
    };
  }
}
