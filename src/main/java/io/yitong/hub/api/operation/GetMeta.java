package io.yitong.hub.api.operation;

import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code $meta} (FHIR R4, Resource-meta): the profiles, tags and security labels of one resource,
 * or all that are in use on a type or anywhere, as far as the caller sees who uses them.
 */
@ApplicationScoped
class GetMeta implements Operation {
  private static final int PAGE = 1000;

  /** What is in use is read off those that use it; more than these would be too dear to read. */
  private static final int MOST = 20_000;

  private final ReadResource read;
  private final SearchRecord search;

  GetMeta(ReadResource read, SearchRecord search) {
    this.read = read;
    this.search = search;
  }

  @Override
  public OperationName name() {
    return new OperationName("meta");
  }

  @Override
  public Set<ResourceType> on() {
    return ResourceNames.stored();
  }

  @Override
  public boolean onSystem() {
    return true;
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.OPERATOR, Role.PARTNER, Role.REGULATOR);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Resource-meta";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    Asked.of(call, Set.of());
    var meta =
        call.id().isPresent()
            ? ofOne(new ResourceKey(call.type().orElseThrow(), call.id().get()), call.filter())
            : inUse(call.type().map(List::of).orElseGet(GetMeta::all), call.filter());
    return OperationAnswer.of(MetaParts.answer(meta));
  }

  private static List<ResourceType> all() {
    return List.copyOf(new TreeSet<>(ResourceNames.stored()));
  }

  private Meta ofOne(ResourceKey key, ReadFilter filter) {
    return metaOf(Absence.require(read, key, filter));
  }

  private Meta inUse(List<ResourceType> types, ReadFilter filter) {
    var json = "{}".getBytes(StandardCharsets.UTF_8);
    var looked = 0;
    for (var type : types) {
      if (!filter.types().contains(type)) {
        continue;
      }
      for (var kind : List.of("_profile", "_security", "_tag")) {
        var cursor = Optional.of("");
        while (cursor.isPresent()) {
          var from = cursor.get().isEmpty() ? "" : "&_cursor=" + cursor.get();
          var query = kind + ":missing=false&_count=" + PAGE + from;
          var page = search.search(SearchQuery.parse(type, query), filter);
          for (var match : page.matches()) {
            json = MetaParts.added(json, metaOf(match));
          }
          looked += page.matches().size();
          if (looked > MOST) {
            throw Asked.invalid("type", "> " + MOST + "; [type]/$meta, [type]/[id]/$meta");
          }
          cursor = page.next();
        }
      }
    }
    return MetaParts.read(json);
  }

  private static Meta metaOf(StoredResource resource) {
    return MetaParts.read(MetaParts.ofResource(resource.json()));
  }
}
