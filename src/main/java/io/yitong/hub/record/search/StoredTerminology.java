package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.codes.CodeTree;
import io.yitong.hub.record.search.codes.ExpandValueSet;
import io.yitong.hub.record.search.codes.Publications;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.plan.CodeSets;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ValueSet;

/** The value sets and code systems stored in this hub, as far as a reader may see them. */
@ApplicationScoped
class StoredTerminology {
  CodeSets seenBy(ReadFilter filter, Connection connection) {
    return new Seen(filter, connection);
  }

  private record Seen(ReadFilter filter, Connection connection) implements CodeSets, Publications {
    @Override
    public List<Code> in(String criterion, String valueSet) {
      return new ExpandValueSet(this, criterion).codes(valueSet);
    }

    @Override
    public List<Code> below(String criterion, Code code) {
      return tree(criterion, code).below(code.code()).stream()
          .map(found -> new Code(code.system(), found))
          .toList();
    }

    @Override
    public List<Code> above(String criterion, Code code) {
      return tree(criterion, code).above(code.code()).stream()
          .map(found -> new Code(code.system(), found))
          .toList();
    }

    private CodeTree tree(String criterion, Code code) {
      if (code.system().isEmpty()) {
        throw Refusal.value(criterion, code.code(), "system|code");
      }
      return codeSystem(code.system())
          .map(CodeTree::of)
          .orElseThrow(
              () ->
                  new HubException(
                      ErrorCode.VALUE_SET_UNKNOWN, criterion, criterion, code.system()));
    }

    @Override
    public Optional<ValueSet> valueSet(String canonical) {
      return published(ResourceType.ValueSet, canonical).map(found -> found.as(ValueSet.class));
    }

    @Override
    public Optional<CodeSystem> codeSystem(String canonical) {
      return published(ResourceType.CodeSystem, canonical).map(found -> found.as(CodeSystem.class));
    }

    /** By its id, or by its address; of several versions the one named, else the latest stored. */
    private Optional<StoredResource> published(ResourceType type, String canonical) {
      if (!filter.types().contains(type)) {
        return Optional.empty();
      }
      var key = ResourceKey.ofReference(canonical).filter(found -> found.type() == type);
      if (key.isPresent()) {
        return ReadResource.current(List.of(key.get()), filter, connection).stream()
            .filter(found -> !found.deleted())
            .findFirst();
      }
      var parameters = SearchParameters.of(type);
      var url = parameters.named("url").orElseThrow().entries().get(0);
      var sql =
          Sql.of(
              ReadResource.COLUMNS
                  + "from resource r where r.type = ? and not r.deleted and r.keys @> ? and ",
              TypeCodes.of(type),
              keys(canonical, url, parameters.named("version").orElseThrow().entries().get(0)));
      return sql
          .add(Visibility.of(filter, "r"))
          .add(" order by r.last_updated desc, r.rid desc limit 1")
          .query(connection, ReadResource::row)
          .stream()
          .findFirst();
    }

    private static long[] keys(String canonical, SearchParameter url, SearchParameter version) {
      var address = url.literalKey(SearchParameter.withoutVersion(canonical));
      var bar = canonical.indexOf('|');
      return bar < 0
          ? new long[] {address}
          : new long[] {address, version.codeKey(canonical.substring(bar + 1))};
    }
  }
}
