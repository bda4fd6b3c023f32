package io.yitong.hub.record.search.include;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** What resources refer to, literally or by canonical address. */
public final class References {
  private final Included included;
  private final String hubBase;
  private final TreeSet<ResourceKey> keys = new TreeSet<>();
  private final TreeSet<String> canonicals = new TreeSet<>();

  public References(Included included, String hubBase) {
    this.included = included;
    this.hubBase = hubBase;
  }

  public List<StoredResource> of(
      List<StoredResource> from, int limit, ReadFilter filter, Connection connection) {
    for (var resource : from) {
      var references = included.references(resource.type());
      if (!references.isEmpty()) {
        var root = ResourceJson.read(resource.json()).root();
        references.forEach(
            reference -> reference.path().of(root).forEach(value -> take(reference, value)));
      }
    }
    var found =
        new ArrayList<>(
            ReadResource.current(
                keys.stream().limit(limit).toList(), patientsOf(from), filter, connection));
    if (!canonicals.isEmpty()) {
      found.addAll(byAddress(limit, filter, connection));
    }
    return found;
  }

  /** To whose records most of it will belong. */
  private static Set<String> patientsOf(List<StoredResource> from) {
    return from.stream()
        .flatMap(resource -> resource.patient().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void take(SearchParameter reference, Element value) {
    var literal = value.value().or(() -> value.value("reference")).orElse("");
    var relative = literal.startsWith(hubBase) ? literal.substring(hubBase.length()) : literal;
    var key = ResourceKey.ofReference(relative);
    if (key.isPresent()) {
      key.filter(found -> isWanted(reference, found.type())).ifPresent(keys::add);
    } else if (value.value().isPresent() && literal.indexOf(':') > 0) {
      canonicals.add(SearchParameter.withoutVersion(literal));
    }
  }

  private boolean isWanted(SearchParameter reference, ResourceType type) {
    return included.target().map(type::equals).orElse(true)
        && (reference.targets().isEmpty() || reference.targets().contains(type));
  }

  private List<StoredResource> byAddress(int limit, ReadFilter filter, Connection connection) {
    var addresses =
        Arrays.stream(ResourceType.values())
            .filter(filter.types()::contains)
            .filter(type -> included.target().map(type::equals).orElse(true))
            .flatMap(type -> SearchParameters.of(type).named("url").stream())
            .flatMap(url -> url.entries().stream())
            .toList();
    var found =
        addresses.stream()
            .flatMapToLong(url -> canonicals.stream().mapToLong(url::literalKey))
            .toArray();
    return Sql.of(
            ReadResource.COLUMNS + "from resource r where r.type = any(?) and r.keys && ? and ",
            TypeCodes.of(addresses.stream().map(SearchParameter::type).distinct().toList()),
            found)
        .add(Visibility.of(filter, "r"))
        .add(" and not r.deleted order by r.rid limit ?", limit)
        .query(connection, ReadResource::row);
  }
}
