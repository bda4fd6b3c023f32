package io.yitong.hub.access;

import static org.hl7.fhir.r4.model.ResourceType.AuditEvent;
import static org.hl7.fhir.r4.model.ResourceType.CapabilityStatement;
import static org.hl7.fhir.r4.model.ResourceType.CodeSystem;
import static org.hl7.fhir.r4.model.ResourceType.Communication;
import static org.hl7.fhir.r4.model.ResourceType.ConceptMap;
import static org.hl7.fhir.r4.model.ResourceType.DiagnosticReport;
import static org.hl7.fhir.r4.model.ResourceType.Endpoint;
import static org.hl7.fhir.r4.model.ResourceType.HealthcareService;
import static org.hl7.fhir.r4.model.ResourceType.Location;
import static org.hl7.fhir.r4.model.ResourceType.Measure;
import static org.hl7.fhir.r4.model.ResourceType.MeasureReport;
import static org.hl7.fhir.r4.model.ResourceType.NamingSystem;
import static org.hl7.fhir.r4.model.ResourceType.Observation;
import static org.hl7.fhir.r4.model.ResourceType.OperationDefinition;
import static org.hl7.fhir.r4.model.ResourceType.Organization;
import static org.hl7.fhir.r4.model.ResourceType.OrganizationAffiliation;
import static org.hl7.fhir.r4.model.ResourceType.Practitioner;
import static org.hl7.fhir.r4.model.ResourceType.PractitionerRole;
import static org.hl7.fhir.r4.model.ResourceType.SearchParameter;
import static org.hl7.fhir.r4.model.ResourceType.Specimen;
import static org.hl7.fhir.r4.model.ResourceType.StructureDefinition;
import static org.hl7.fhir.r4.model.ResourceType.ValueSet;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ReadFilter.NoticesOfTheHub;
import io.yitong.hub.fhir.ReadFilter.OwnRecord;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ReadFilter.Reach;
import io.yitong.hub.fhir.ReadFilter.ReferenceDataOnly;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.fhir.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Whose data a role opens, and of which types. One rule a role, each a function of the caller
 * alone; a caller with several roles is judged by the first that opens the type asked for, so that
 * two roles never add up to more than either.
 */
final class ReadRules {
  /** Data of no patient. */
  static final Set<ResourceType> REFERENCE_TYPES =
      Set.copyOf(
          EnumSet.of(
              Organization,
              OrganizationAffiliation,
              Endpoint,
              Practitioner,
              PractitionerRole,
              Location,
              HealthcareService,
              Measure,
              MeasureReport,
              CapabilityStatement,
              CodeSystem,
              ConceptMap,
              NamingSystem,
              OperationDefinition,
              SearchParameter,
              StructureDefinition,
              ValueSet));

  /** What the hub of another region may read; the person itself only by {@code Patient/$match}. */
  static final Set<ResourceType> PARTNER_TYPES =
      Set.of(Observation, DiagnosticReport, Specimen, Organization);

  private static final Set<ResourceType> ALL_TYPES = Set.of(ResourceType.values());
  private static final Set<ResourceType> CLINICAL_TYPES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(AuditEvent)));

  /** HL7 v3 PurposeOfUse: healthcare research. */
  private static final String RESEARCH = "HRESCH";

  private ReadRules() {}

  /** What one role opens. */
  record Grant(Reach reach, Set<ResourceType> types) {}

  /** In order of precedence. */
  static Stream<Grant> grants(Caller caller, Agreements agreements, Instant now) {
    return Stream.of(
            hub(caller),
            careGiver(caller),
            partner(caller, agreements, now),
            withoutPatients(caller),
            privacyOfficer(caller),
            patient(caller))
        .flatMap(Optional::stream);
  }

  /**
   * In order of precedence, for what leaves in bulk: a regulator's is de-identified, whatever other
   * role of no patients it has.
   */
  static Stream<Grant> exportGrants(Caller caller, Agreements agreements, Instant now) {
    return Stream.of(
            hub(caller),
            careGiver(caller),
            partner(caller, agreements, now),
            deidentified(caller),
            withoutPatients(caller),
            privacyOfficer(caller),
            patient(caller))
        .flatMap(Optional::stream);
  }

  static Optional<Grant> hub(Caller caller) {
    return grant(caller.is(Role.HUB), new Everything(), ALL_TYPES);
  }

  /** A hospital's system, or a clinician, for the persons the institution has in care. */
  static Optional<Grant> careGiver(Caller caller) {
    if (!caller.is(Role.HOSPITAL) && !caller.is(Role.CLINICIAN)) {
      return Optional.empty();
    }
    var clinician =
        caller.is(Role.HOSPITAL) ? Optional.<String>empty() : Optional.of(caller.subject());
    return caller
        .institution()
        .map(own -> new Grant(new RelatedTo(own, clinician, caller.purpose()), CLINICAL_TYPES));
  }

  /** What references in a write may lead to: what the institution written for may know of. */
  static ReadFilter referable(Caller caller, Optional<InstitutionId> institution) {
    return institution
        .filter(own -> !caller.is(Role.HUB))
        .map(
            own ->
                new ReadFilter(new RelatedTo(own, Optional.empty(), caller.purpose()), ALL_TYPES))
        .orElseGet(ReadFilter::everything);
  }

  /**
   * Another hub, within its agreement.
   *
   * @throws HubException AGREEMENT_REFUSES without an agreement in force
   */
  static Optional<Grant> partner(Caller caller, Agreements agreements, Instant now) {
    if (!caller.is(Role.PARTNER)) {
      return Optional.empty();
    }
    var agreement = agreements.ofClient(caller.client()).orElseThrow(() -> noAgreement(caller));
    agreement
        .objection(now)
        .ifPresent(
            why -> {
              throw new HubException(ErrorCode.AGREEMENT_REFUSES, "", agreement.name(), why);
            });
    return Optional.of(
        new Grant(
            new AgreedCategories(agreement.categories(), caller.institution(), caller.purpose()),
            PARTNER_TYPES));
  }

  /** Those whose work needs no named person. */
  static Optional<Grant> withoutPatients(Caller caller) {
    var any = caller.is(Role.REGULATOR) || caller.is(Role.OPERATOR) || caller.is(Role.QUALITY_BODY);
    return grant(any, new ReferenceDataOnly(), REFERENCE_TYPES);
  }

  /** The region without its persons, as the purpose's profile shows it. */
  static Optional<Grant> deidentified(Caller caller) {
    var profile = RESEARCH.equals(caller.purpose()) ? "research" : "regulator";
    return grant(caller.is(Role.REGULATOR), new Pseudonymised(profile), CLINICAL_TYPES);
  }

  /** The audit, which is read by itself, and what the hub tells of access past the rules. */
  static Optional<Grant> privacyOfficer(Caller caller) {
    return grant(
        caller.is(Role.PRIVACY_OFFICER), new NoticesOfTheHub(), Set.of(AuditEvent, Communication));
  }

  /** A person, for the record of their own and who looked at it. */
  static Optional<Grant> patient(Caller caller) {
    return caller.is(Role.PATIENT)
        ? caller.patient().map(own -> new Grant(new OwnRecord(own), ALL_TYPES))
        : Optional.empty();
  }

  private static Optional<Grant> grant(boolean given, Reach reach, Set<ResourceType> types) {
    return given ? Optional.of(new Grant(reach, types)) : Optional.empty();
  }

  private static HubException noAgreement(Caller caller) {
    return new HubException(
        ErrorCode.AGREEMENT_REFUSES, "", caller.client(), "no agreement with this client");
  }
}
