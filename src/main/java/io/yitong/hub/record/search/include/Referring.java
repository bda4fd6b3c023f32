package io.yitong.hub.record.search.include;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.sql.Connection;
import java.util.List;

/** What refers to resources. */
public final class Referring {
  private Referring() {}

  public static List<StoredResource> to(
      List<StoredResource> resources,
      Included included,
      int limit,
      ReadFilter filter,
      Connection connection) {
    var referred =
        resources.stream()
            .map(StoredResource::key)
            .filter(key -> included.target().map(key.type()::equals).orElse(true))
            .toList();
    var sources = included.sources().stream().filter(filter.types()::contains).toList();
    var keys =
        sources.stream()
            .flatMap(source -> included.references(source).stream())
            .flatMap(reference -> reference.entries().stream())
            .distinct()
            .flatMapToLong(
                reference ->
                    referred.stream()
                        .filter(key -> mayLeadTo(reference, key))
                        .mapToLong(key -> reference.hash() ^ Keys.self(key.type(), key.id())))
            .toArray();
    if (keys.length == 0) {
      return List.of();
    }
    return Sql.of(
            ReadResource.COLUMNS + "from resource r where r.type = any(?) and r.keys && ? and ",
            TypeCodes.of(sources),
            keys)
        .add(Visibility.of(filter, "r"))
        .add(" and not r.deleted order by r.rid limit ?", limit)
        .query(connection, ReadResource::row);
  }

  private static boolean mayLeadTo(SearchParameter reference, ResourceKey key) {
    return reference.targets().isEmpty() || reference.targets().contains(key.type());
  }
}
