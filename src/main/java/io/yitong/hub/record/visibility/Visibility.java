package io.yitong.hub.record.visibility;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ReadFilter.Nothing;
import io.yitong.hub.fhir.ReadFilter.NoticesOfTheHub;
import io.yitong.hub.fhir.ReadFilter.OwnRecord;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ReadFilter.ReferenceDataOnly;
import io.yitong.hub.fhir.ReadFilter.RelatedTo;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

  /** Written out: of an array it is handed PostgreSQL would plan each statement anew. */
  private static final String REFERENCE_DATA_CODES =
      REFERENCE_DATA.stream()
          .map(type -> String.valueOf(TypeCodes.of(type)))
          .sorted()
          .collect(Collectors.joining(",", "'{", "}'::smallint[]"));

  private static final short[] RESULT_CODES = TypeCodes.of(RESULTS);
  private static final short[] PERFORMER_CODES = TypeCodes.of(PERFORMERS);

  private Visibility() {}

  /**
   * @param alias of the row of {@code resource} that is judged
   */
  public static Sql of(ReadFilter filter, String alias) {
    return of(filter, alias, Kind.ANY, Optional.empty());
  }

  /**
   * The same where all rows are of one type: what cannot be asked of it is left out, since
   * PostgreSQL makes ready for every part of a condition, needed or not.
   */
  public static Sql of(ReadFilter filter, String alias, ResourceType type) {
    return of(filter, alias, Kind.of(type), Optional.empty());
  }

  /**
   * The same where most rows belong to a few patients, who are then judged once and not with every
   * row.
   *
   * @param patients their ids
   */
  public static Sql ofPatients(ReadFilter filter, String alias, Collection<String> patients) {
    return of(filter, alias, Kind.ANY, Optional.of(patients));
  }

  /** The same where no row belongs to a patient. */
  public static Sql ofNobody(ReadFilter filter, String alias) {
    return of(filter, alias, Kind.NOBODYS, Optional.empty());
  }

  /** What a row may be. */
  private enum Kind {
    ANY,
    OF_PATIENTS,
    NOBODYS,
    REFERENCE_DATA;

    static Kind of(ResourceType type) {
      var ofPatients =
          type == ResourceType.Patient
              || type == ResourceType.Provenance
              || !SearchParameters.of(type).patient().isEmpty();
      if (Visibility.REFERENCE_DATA.contains(type)) {
        return ofPatients ? ANY : REFERENCE_DATA;
      }
      return OF_PATIENTS;
    }
  }

  private static Sql of(
      ReadFilter filter, String alias, Kind kind, Optional<Collection<String>> patients) {
    var reached = reached(filter, alias, kind, patients);
    return filter.extents().isEmpty()
        ? reached
        : Sql.of("(").add(reached).add(" and ").add(Extents.of(filter, alias)).add(")");
  }

  private static Sql reached(
      ReadFilter filter, String alias, Kind kind, Optional<Collection<String>> patients) {
    var reach = filter.reach();
    if (reach instanceof Everything) {
      return Sql.of("true");
    }
    if (reach instanceof RelatedTo related) {
      return related(related, alias, kind, patients);
    }
    if (reach instanceof AgreedCategories agreed) {
      return agreed(agreed, alias);
    }
    if (reach instanceof Pseudonymised pseudonymised) {
      return PatientRules.unlessForbidden(
          alias, Readers.of(pseudonymised), Sql.of("true"), Sql.of(alias + ".sensitive is null"));
    }
    if (reach instanceof OwnRecord own) {
      return Sql.of("(")
          .add(alias + ".patient = any(")
          .add(patientsOf(own.patient()))
          .add(") or ")
          .add(referenceData(alias))
          .add(")");
    }
    if (reach instanceof ReferenceDataOnly) {
      return referenceData(alias);
    }
    if (reach instanceof NoticesOfTheHub) {
      return Sql.of(
          "(ALIAS.owner is null and ALIAS.type = ?)".replace("ALIAS", alias),
          TypeCodes.of(ResourceType.Communication));
    }
    if (reach instanceof Nothing) {
      return Sql.of("false");
    }
    throw new IllegalStateException("no reach " + reach);
  }

  private static Sql related(
      RelatedTo related, String alias, Kind kind, Optional<Collection<String>> patients) {
    var readers = Readers.of(related);
    var sql = Sql.of("(").add(own(related, alias));
    switch (kind) {
      case ANY, NOBODYS -> sql.add(" or ").add(referenceData(alias));
      case REFERENCE_DATA -> sql.add(" or " + alias + ".patient is null");
      case OF_PATIENTS -> {}
    }
    if (kind == Kind.ANY || kind == Kind.OF_PATIENTS) {
      sql.add(" or ")
          .add(
              patients
                  .map(known -> PatientRules.openTo(alias, readers, known))
                  .orElseGet(() -> PatientRules.open(alias, readers)));
    }
    return sql.add(")");
  }

  /** A system's own are all of its institution's; a clinician's the index of its patients. */
  static Sql own(RelatedTo related, String alias) {
    var urn = related.institution().urn();
    return related.clinician().isEmpty()
        ? Sql.of(alias + ".owner = ?", urn)
        : Sql.of(
            "(ALIAS.owner = ? and (ALIAS.patient is null or ALIAS.type = ?))"
                .replace("ALIAS", alias),
            urn,
            TypeCodes.of(ResourceType.Patient));
  }

  static Sql referenceData(String alias) {
    return Sql.of(
        "(ALIAS.patient is null and ALIAS.type = any(CODES))"
            .replace("ALIAS", alias)
            .replace("CODES", REFERENCE_DATA_CODES));
  }

  private static Sql agreed(AgreedCategories agreed, String alias) {
    return Sql.of(
            "((ALIAS.patient is null and ALIAS.type = any(?)) or (ALIAS.type = any(?)"
                    .replace("ALIAS", alias)
                + " and ALIAS.categories && ?::text[] and ".replace("ALIAS", alias),
            PERFORMER_CODES,
            RESULT_CODES,
            agreed.observationCategories().toArray(String[]::new))
        .add(
            PatientRules.unlessForbidden(
                alias, Readers.of(agreed), Sql.of("true"), Sql.of(alias + ".sensitive is null")))
        .add("))");
  }

  /** Ids of the same person's Patients. */
  static Sql patientsOf(String patient) {
    return Sql.of("array(select p.patient from patients_of_persons(array[?]) p)", patient);
  }
}
