package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.bulk.Jobs;
import io.yitong.hub.record.bulk.parameter.DefinedParameter.State;
import io.yitong.hub.record.bulk.parameter.DefinedParameter.Wanted;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/** The search parameters defined at run time, as the database has them for all processes. */
@ApplicationScoped
class ParameterRegistry {
  private static final String SELECT =
      """
      select p.id, p.resource, p.base, p.code, p.kind, p.expression, p.targets, p.state, p.job, j.done, j.total
      from search_parameter p left join bulk_job j on j.id = p.job\s
      """;

  private final DataSource database;
  private final Jobs jobs;

  ParameterRegistry(DataSource database, Jobs jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  long version() {
    return query(Sql.of("select version from search_parameter_version"), row -> row.getLong(1))
        .get(0);
  }

  List<DefinedParameter> all() {
    return query(Sql.of(SELECT + "order by p.id"), ParameterRegistry::row);
  }

  List<DefinedParameter> ofJob(UUID job) {
    return query(Sql.of(SELECT + "where p.job = ? order by p.id", job), ParameterRegistry::row);
  }

  /** Names under which profiles' parameters are known. */
  List<String> resourcesBeginningWith(String prefix) {
    return query(
        Sql.of(
            "select distinct resource from search_parameter"
                + " where starts_with(resource, ?) and state <> 'dropping'",
            prefix),
        row -> row.getString(1));
  }

  /**
   * Makes what a SearchParameter defines the given ones, in the transaction under way: what is new
   * begins to be indexed, what is gone to be removed.
   *
   * @throws HubException SEARCH_PARAMETER_REFUSED when another one has the code already
   */
  void define(String resource, Collection<Wanted> wanted, Caller caller) {
    // One at a time: the row is held until the transaction ends.
    query(Sql.of("select 1 from search_parameter_version for update"), row -> row.getInt(1));
    var before =
        query(
            Sql.of(SELECT + "where p.resource = ? and p.state <> 'dropping'", resource),
            ParameterRegistry::row);
    var gone = before.stream().filter(row -> !wanted.contains(row.wanted())).toList();
    var kept = before.stream().map(DefinedParameter::wanted).collect(Collectors.toSet());
    var fresh = wanted.stream().filter(each -> !kept.contains(each)).distinct().toList();
    if (gone.isEmpty() && fresh.isEmpty()) {
      return;
    }
    moveVersion();
    var bases = new HashSet<ResourceType>();
    gone.forEach(row -> bases.add(row.wanted().base()));
    fresh.forEach(each -> bases.add(each.base()));
    var job =
        jobs.accept(BuildParameters.KIND, caller, resource, BuildParameters.instruction(bases));
    if (!gone.isEmpty()) {
      update(
          Sql.of(
              "update search_parameter set state = 'dropping', job = ? where id = any(?)",
              job,
              gone.stream().mapToLong(DefinedParameter::id).toArray()));
    }
    for (var each : fresh) {
      refuseClash(each);
      insert(resource, each, job);
    }
  }

  private void moveVersion() {
    update(Sql.of("update search_parameter_version set version = version + 1"));
  }

  private void refuseClash(Wanted wanted) {
    var others =
        query(
            Sql.of(
                "select resource from search_parameter"
                    + " where base = ? and code = ? and state <> 'dropping'",
                TypeCodes.of(wanted.base()),
                wanted.code()),
            row -> row.getString(1));
    if (!others.isEmpty()) {
      throw new HubException(
          ErrorCode.SEARCH_PARAMETER_REFUSED,
          "SearchParameter.code",
          "code = %s: %s defines it for %s".formatted(wanted.code(), others.get(0), wanted.base()));
    }
  }

  private void insert(String resource, Wanted wanted, UUID job) {
    update(
        Sql.of(
            """
            insert into search_parameter (resource, base, code, kind, expression, targets, state, job)
            values (?, ?, ?, ?, ?, ?, 'indexing', ?)\
            """,
            resource,
            TypeCodes.of(wanted.base()),
            wanted.code(),
            wanted.kind().toCode(),
            wanted.expression(),
            wanted.targets().stream().map(Enum::name).sorted().toArray(String[]::new),
            job));
  }

  /**
   * In a transaction under way: what the job has indexed can be searched by, the rest forgotten.
   */
  void complete(UUID job) {
    moveVersion();
    update(
        Sql.of(
            "update search_parameter set state = 'active' where job = ? and state = 'indexing'",
            job));
    update(Sql.of("delete from search_parameter where job = ? and state = 'dropping'", job));
  }

  private static DefinedParameter row(ResultSet row) throws SQLException {
    var targets = (String[]) row.getArray(7).getArray();
    var total = row.getLong(11);
    var progress =
        row.wasNull() ? "waiting" : "%d of %d resources".formatted(row.getLong(10), total);
    return new DefinedParameter(
        row.getLong(1),
        row.getString(2),
        new Wanted(
            TypeCodes.type(row.getShort(3)),
            row.getString(4),
            SearchParamType.fromCode(row.getString(5)),
            row.getString(6),
            Arrays.stream(targets)
                .map(ResourceType::fromCode)
                .collect(Collectors.toUnmodifiableSet())),
        State.valueOf(row.getString(8).toUpperCase(Locale.ROOT)),
        row.getObject(9, UUID.class),
        progress);
  }

  private <T> List<T> query(Sql sql, Sql.RowReader<T> reader) {
    return connected(connection -> sql.query(connection, reader));
  }

  private void update(Sql sql) {
    connected(sql::update);
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
