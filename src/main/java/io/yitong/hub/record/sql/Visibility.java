package io.yitong.hub.record.sql;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ReadFilter.Nothing;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ReadFilter.ReferenceDataOnly;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** A ReadFilter as a condition of SQL, so that it takes part in every query. */
public final class Visibility {
  /** Data of no patient. A row of these types that does belong to one is not reference data. */
  public static final Set<ResourceType> REFERENCE_DATA =
      Set.of(
          ResourceType.ActivityDefinition,
          ResourceType.CapabilityStatement,
          ResourceType.CodeSystem,
          ResourceType.ConceptMap,
          ResourceType.Endpoint,
          ResourceType.HealthcareService,
          ResourceType.Library,
          ResourceType.Location,
          ResourceType.Measure,
          ResourceType.MeasureReport,
          ResourceType.Medication,
          ResourceType.NamingSystem,
          ResourceType.OperationDefinition,
          ResourceType.Organization,
          ResourceType.OrganizationAffiliation,
          ResourceType.PlanDefinition,
          ResourceType.Practitioner,
          ResourceType.PractitionerRole,
          ResourceType.Questionnaire,
          ResourceType.SearchParameter,
          ResourceType.StructureDefinition,
          ResourceType.ValueSet);

  /** What a partner may see of a result of an agreed category, and what the result is made of. */
  private static final Set<ResourceType> RESULTS =
      Set.of(
          ResourceType.Observation,
          ResourceType.DiagnosticReport,
          ResourceType.Specimen,
          ResourceType.ServiceRequest,
          ResourceType.Provenance);

  private static final Set<ResourceType> PERFORMERS =
      Set.of(
          ResourceType.Organization,
          ResourceType.Practitioner,
          ResourceType.PractitionerRole,
          ResourceType.Location);

  private static final short[] REFERENCE_DATA_CODES = TypeCodes.of(REFERENCE_DATA);
  private static final short[] RESULT_CODES = TypeCodes.of(RESULTS);
  private static final short[] PERFORMER_CODES = TypeCodes.of(PERFORMERS);

  private Visibility() {}

  /**
   * @param alias of the row of {@code resource} that is judged
   */
  public static Sql of(ReadFilter filter, String alias) {
    var reach = filter.reach();
    if (reach instanceof Everything) {
      return Sql.of("true");
    }
    if (reach instanceof Pseudonymised) {
      // What must not even be counted (a patient's denial, a sensitive category) is left out here.
      return Sql.of("true");
    }
    if (reach instanceof RelatedTo related) {
      return related(related.institution(), alias);
    }
    if (reach instanceof AgreedCategories agreed) {
      return Sql.of(
          "((ALIAS.type = any(?) and ALIAS.categories && ?::text[]) or (ALIAS.type = any(?) and ALIAS.patient is null))"
              .replace("ALIAS", alias),
          RESULT_CODES,
          agreed.observationCategories().toArray(String[]::new),
          PERFORMER_CODES);
    }
    if (reach instanceof ReferenceDataOnly) {
      return Sql.of(
          "(ALIAS.patient is null and ALIAS.type = any(?))".replace("ALIAS", alias),
          (Object) REFERENCE_DATA_CODES);
    }
    if (reach instanceof Nothing) {
      return Sql.of("false");
    }
    throw new IllegalStateException("no reach " + reach);
  }

  private static Sql related(InstitutionId institution, String alias) {
    return Sql.of(
        """
        (ALIAS.owner = ? or (ALIAS.patient is null and ALIAS.type = any(?))
         or exists (select 1 from care_relation c where c.patient = ALIAS.patient and c.institution = ?)
         or exists (select 1 from person_link a join person_link b on b.person = a.person
                    join care_relation c on c.patient = b.patient
                    where a.patient = ALIAS.patient and c.institution = ?))\
        """
            .replace("ALIAS", alias),
        institution.urn(),
        REFERENCE_DATA_CODES,
        institution.urn(),
        institution.urn());
  }
}
