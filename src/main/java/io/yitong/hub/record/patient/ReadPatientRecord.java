package io.yitong.hub.record.patient;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Reads what the hub holds about one Patient: its compartment, page by page in one statement, and
 * in a second what the page refers to outside every patient's record (FHIR R4,
 * Patient/$everything). The bytes are handed on as they are stored.
 */
@ApplicationScoped
public class ReadPatientRecord {
  /** Their date is a birth date, which says nothing of when care was given. */
  private static final short[] WITHOUT_CARE_DATE =
      TypeCodes.of(
          Arrays.stream(ResourceType.values())
              .filter(ReadPatientRecord::isDatedByBirth)
              .collect(Collectors.toSet()));

  /** Every type that can be in a patient's record; whoever may see all of them needs no list. */
  private static final Set<ResourceType> IN_RECORDS =
      Arrays.stream(ResourceType.values())
          .filter(type -> type != ResourceType.AuditEvent)
          .filter(type -> !SearchParameters.of(type).patient().isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  private static final short PATIENT = TypeCodes.of(ResourceType.Patient);

  private final DataSource database;
  private final String hubBase;

  ReadPatientRecord(
      DataSource database, @ConfigProperty(name = "yitong.hub.base-url") String hubAddress) {
    this.database = database;
    this.hubBase = hubAddress + "/fhir/";
  }

  private record Row(StoredResource resource, PatientRecordCursor place) {}

  /** Empty when the filter lets nothing of the record through, or there is nothing. */
  public PatientRecordPage page(PatientRecordQuery query, ReadFilter filter) {
    var types = types(query, filter);
    if (types.isEmpty()) {
      return new PatientRecordPage(List.of(), List.of(), Optional.empty());
    }
    try (var connection = database.getConnection()) {
      var rows = statement(query, types, filter).query(connection, ReadPatientRecord::row);
      var more = rows.size() > query.count();
      var page = more ? rows.subList(0, query.count()) : rows;
      var record = page.stream().map(Row::resource).toList();
      return new PatientRecordPage(
          record,
          supporting(record, query, types, filter, connection),
          more ? Optional.of(page.get(page.size() - 1).place()) : Optional.empty());
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static Set<ResourceType> types(PatientRecordQuery query, ReadFilter filter) {
    if (query.types().isEmpty()) {
      return filter.types();
    }
    var both = new HashSet<>(query.types());
    both.retainAll(filter.types());
    return both;
  }

  /**
   * The rows that name the patient, entered by the patient, and those that name another first (a
   * meeting of two, a condition the mother told of), entered by the key they have for it: {@code
   * offset 0} leaves the planner no other way in.
   */
  static Sql statement(PatientRecordQuery query, Set<ResourceType> types, ReadFilter filter) {
    var own = Sql.of("resource r where r.patient = ?", query.patientId());
    var second =
        Sql.of(
            "(select * from resource where keys && (select ?::bigint[]) offset 0) r"
                + " where r.patient is distinct from ?",
            new long[] {Keys.inRecordOf(query.patientId())},
            query.patientId());
    return Sql.of("(")
        .add(part(own, query, types, filter))
        .add(") union all (")
        .add(part(second, query, types, filter))
        .add(") order by place, rid limit ?", query.count() + 1);
  }

  private static Sql part(
      Sql from, PatientRecordQuery query, Set<ResourceType> types, ReadFilter filter) {
    var sql =
        Sql.of(
                "select r.type, r.fhir_id, r.version, r.last_updated, r.deleted, r.content, r.patient,"
                    + " case when r.type = ? and r.fhir_id = ? then 0 else r.type end as place,"
                    + " r.rid from ",
                PATIENT,
                query.patientId())
            .add(from)
            .add(" and not r.deleted");
    if (!types.containsAll(IN_RECORDS)) {
      sql.add(" and r.type = any(?)", (Object) TypeCodes.of(types));
    }
    query.since().ifPresent(since -> sql.add(" and r.last_updated >= ?", since));
    addCareDates(query, sql);
    query
        .after()
        .ifPresent(
            after ->
                sql.add(
                    " and (case when r.type = ? and r.fhir_id = ? then 0 else r.type end, r.rid)"
                        + " > (?, ?)",
                    PATIENT,
                    query.patientId(),
                    after.place(),
                    after.rid()));
    return sql.add(" and ")
        .add(Visibility.ofPatients(filter, "r", List.of(query.patientId())))
        .add(" order by place, r.rid limit ?", query.count() + 1);
  }

  private static void addCareDates(PatientRecordQuery query, Sql sql) {
    if (query.from().isEmpty() && query.until().isEmpty()) {
      return;
    }
    sql.add(
        " and (r.date_high = '-infinity' or r.type = any(?) or (true", (Object) WITHOUT_CARE_DATE);
    query.from().ifPresent(from -> sql.add(" and r.date_high > ?", from));
    query.until().ifPresent(until -> sql.add(" and r.date_low < ?", until));
    sql.add("))");
  }

  private List<StoredResource> supporting(
      List<StoredResource> record,
      PatientRecordQuery query,
      Set<ResourceType> types,
      ReadFilter filter,
      Connection connection) {
    var referred = new TreeSet<ResourceKey>();
    record.forEach(resource -> References.collect(resource.json(), hubBase, referred));
    record.forEach(resource -> referred.remove(resource.key()));
    referred.removeIf(key -> !types.contains(key.type()));
    if (referred.isEmpty()) {
      return List.of();
    }
    var sql =
        Sql.of(ReadResource.COLUMNS + "from ")
            .add(KeyTable.of(referred))
            .add(
                " k(type, id) join resource r on r.type = k.type and r.fhir_id = k.id"
                    + " where r.patient is null and not r.deleted and ");
    sql.add(Visibility.ofNobody(filter, "r"));
    query.since().ifPresent(since -> sql.add(" and r.last_updated >= ?", since));
    return sql.add(" order by r.type, r.rid").query(connection, ReadResource::row);
  }

  private static boolean isDatedByBirth(ResourceType type) {
    return SearchParameters.of(type)
        .main()
        .filter(parameter -> parameter.name().equals("birthdate"))
        .isPresent();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        ReadResource.row(row), new PatientRecordCursor(row.getInt("place"), row.getLong("rid")));
  }
}
