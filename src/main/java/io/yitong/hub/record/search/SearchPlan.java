package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.sql.Visibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rows of one type that meet all criteria, as SQL. A search that names its patients starts from
 * them, behind a fence ({@code offset 0}) that keeps the planner from starting anywhere else: its
 * guesses about hashed keys are bad, and a patient's record is small.
 */
final class SearchPlan {
  private final SearchParameters parameters;
  private final ReadFilter filter;
  private final String alias;
  private final String hubBase;
  private final List<Sql> conditions = new ArrayList<>();
  private final List<Long> requiredKeys = new ArrayList<>();
  private Optional<Sql> patients = Optional.empty();

  SearchPlan(ResourceType type, ReadFilter filter, String alias, String hubBase) {
    this.parameters = SearchParameters.of(type);
    this.filter = filter;
    this.alias = alias;
    this.hubBase = hubBase;
  }

  SearchPlan where(List<Criterion> criteria) {
    criteria.forEach(this::add);
    return this;
  }

  /** {@code from … where …}, the row's alias as given. */
  Sql from() {
    var sql = Sql.of(" from ");
    if (patients.isPresent()) {
      sql.add("(select p.* from resource p where p.type = ? and p.patient = any(", type())
          .add(patients.get())
          .add(") offset 0) ")
          .add(alias)
          .add(" where true");
    } else {
      sql.add("resource ").add(alias).add(" where ").add(alias).add(".type = ?", type());
    }
    if (!requiredKeys.isEmpty()) {
      sql.add(" and " + alias + ".keys @> ?", (Object) longs(requiredKeys));
    }
    for (var condition : conditions) {
      sql.add(" and ").add(condition);
    }
    return sql.add(" and not " + alias + ".deleted and ").add(Visibility.of(filter, alias));
  }

  private short type() {
    return TypeCodes.of(parameters.type());
  }

  private void add(Criterion criterion) {
    var name = criterion.name();
    if (name.equals("_id")) {
      refuseModifier(criterion);
      conditions.add(
          Sql.of(alias + ".fhir_id = any(?)", (Object) criterion.values().toArray(String[]::new)));
    } else if (name.equals("_lastUpdated")) {
      refuseModifier(criterion);
      conditions.add(DateCondition.ofMoment(criterion, alias + ".last_updated"));
    } else if (ChainedCriterion.isChain(criterion)) {
      chain(ChainedCriterion.of(criterion, parameters));
    } else {
      plain(parameter(name), criterion);
    }
  }

  private SearchParameter parameter(String name) {
    return parameters
        .named(name)
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.SEARCH_PARAMETER_UNKNOWN, name, parameters.type().name(), name));
  }

  private void plain(SearchParameter parameter, Criterion criterion) {
    if (criterion.modifier().equals("missing")) {
      conditions.add(missing(parameter, criterion));
      return;
    }
    switch (parameter.kind()) {
      case TOKEN, REFERENCE, URI -> keyed(parameter, criterion);
      case STRING -> text(parameter, criterion);
      case DATE -> {
        refuseModifier(criterion);
        conditions.add(
            isMain(parameter)
                ? DateCondition.ofColumns(criterion, alias)
                : DateCondition.ofIndex(parameter, criterion, alias));
      }
      case NUMBER, QUANTITY -> {
        refuseModifier(criterion);
        conditions.add(QuantityCondition.of(parameter, criterion, alias));
      }
      case COMPOSITE, SPECIAL, NULL ->
          throw new IllegalStateException(parameter.name() + " is not offered");
    }
  }

  private void keyed(SearchParameter parameter, Criterion criterion) {
    var keys = KeyCondition.keys(parameter, criterion, hubBase);
    if (criterion.modifier().equals("not")) {
      conditions.add(Sql.of("not " + alias + ".keys && ?", (Object) keys));
      return;
    }
    if (standsForPatient(parameter) && patients.isEmpty()) {
      var ids = KeyCondition.patientIds(parameter, criterion, hubBase);
      if (ids.isPresent()) {
        patients = Optional.of(Sql.of("?", (Object) ids.get().toArray(String[]::new)));
        return;
      }
    }
    if (keys.length == 1) {
      requiredKeys.add(keys[0]);
    } else {
      conditions.add(Sql.of(alias + ".keys && ?", (Object) keys));
    }
  }

  /** Whether the parameter asks for no more and no less than the row's column patient. */
  private boolean standsForPatient(SearchParameter parameter) {
    return parameter.single()
        && !parameters.patient().isEmpty()
        && parameter.path().names().equals(parameters.patient().get(0).path().names());
  }

  private void chain(ChainedCriterion chain) {
    var alternatives = new ArrayList<Sql>();
    var throughPatient = false;
    for (var target : chain.targets()) {
      if (!filter.types().contains(target)) {
        continue;
      }
      var inner = alias + "c";
      var found =
          new SearchPlan(target, filter, inner, hubBase).where(List.of(chain.inner())).from();
      if (target == ResourceType.Patient
          && chain.targets().size() == 1
          && patients.isEmpty()
          && standsForPatient(chain.reference())) {
        patients = Optional.of(Sql.of("array(select " + inner + ".fhir_id ").add(found).add(")"));
        throughPatient = true;
      } else {
        alternatives.add(
            Sql.of(
                    alias + ".keys && array(select ? # " + inner + ".self ",
                    chain.reference().hash())
                .add(found)
                .add(")"));
      }
    }
    if (!throughPatient) {
      conditions.add(anyOf(alternatives));
    }
  }

  static Sql anyOf(List<Sql> alternatives) {
    var sql = Sql.of("(false");
    alternatives.forEach(alternative -> sql.add(" or ").add(alternative));
    return sql.add(")");
  }

  private Sql missing(SearchParameter parameter, Criterion criterion) {
    var value = String.join(",", criterion.values());
    if (!Set.of("true", "false").contains(value)) {
      throw new HubException(
          ErrorCode.SEARCH_VALUE_INVALID,
          parameter.name(),
          parameter.name() + ":missing",
          value,
          "true | false");
    }
    return Sql.of(value.equals("true") ? "not " : "").add(present(parameter));
  }

  private Sql present(SearchParameter parameter) {
    if (isMain(parameter)) {
      return Sql.of("(" + alias + ".date_high > '-infinity')");
    }
    var table =
        switch (parameter.kind()) {
          case DATE -> "index_date";
          case NUMBER, QUANTITY -> "index_quantity";
          default -> "";
        };
    if (table.isEmpty()) {
      return Sql.of("(" + alias + ".keys @> ?)", (Object) new long[] {parameter.presentKey()});
    }
    return Sql.of(
        "exists (select 1 from %s i where i.rid = %s.rid and i.parameter = ?)"
            .formatted(table, alias),
        parameter.code());
  }

  private void text(SearchParameter parameter, Criterion criterion) {
    if (criterion.modifier().equals("exact")) {
      conditions.add(
          Sql.of(
              alias + ".keys && ?",
              (Object)
                  criterion.values().stream()
                      .mapToLong(value -> parameter.exactTextKey(KeyCondition.unescaped(value)))
                      .toArray()));
    } else {
      conditions.add(TextCondition.of(parameter, criterion, alias));
    }
  }

  private boolean isMain(SearchParameter parameter) {
    return parameters.main().filter(parameter::equals).isPresent();
  }

  static void refuseModifier(Criterion criterion) {
    if (!criterion.modifier().isEmpty()) {
      throw unknownModifier(criterion);
    }
  }

  static HubException unknownModifier(Criterion criterion) {
    return new HubException(
        ErrorCode.SEARCH_MODIFIER_UNKNOWN,
        criterion.name(),
        criterion.name(),
        criterion.modifier());
  }

  static HubException invalid(Criterion criterion, String value, String expected) {
    return new HubException(
        ErrorCode.SEARCH_VALUE_INVALID, criterion.name(), criterion.name(), value, expected);
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
