package io.yitong.hub.api.bundle;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.answer.Versions;
import io.yitong.hub.api.interaction.ReadInteractions;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/** Runs one entry of a Bundle as the interaction its method and url name. */
@ApplicationScoped
class RunEntry {
  private final Recorded recorded;
  private final ReadInteractions read;
  private final WriteInteractions write;

  RunEntry(Recorded recorded, ReadInteractions read, WriteInteractions write) {
    this.recorded = recorded;
    this.read = read;
    this.write = write;
  }

  /**
   * @param path {@code Patient/1}, without the criterion
   * @param criterion empty when there is none
   */
  private record Target(String path, String criterion) {
    static Target of(BundleEntryComponent entry) {
      var url = Objects.requireNonNullElse(entry.getRequest().getUrl(), "");
      var question = url.indexOf('?');
      return question < 0
          ? new Target(url, "")
          : new Target(url.substring(0, question), url.substring(question + 1));
    }

    ResourceType type() {
      var slash = path.indexOf('/');
      return ResourceNames.type(slash < 0 ? path : path.substring(0, slash));
    }

    boolean namesInstance() {
      return path.indexOf('/') > 0;
    }

    ResourceKey key() {
      var parts = path.split("/", -1);
      return ResourceNames.key(parts[0], parts[1]);
    }
  }

  static ResourceType type(BundleEntryComponent entry) {
    return Target.of(entry).type();
  }

  /** On its own, recorded as itself: an entry of a batch. */
  Answer run(BundleEntryComponent entry) {
    var target = Target.of(entry);
    var method = entry.getRequest().getMethod();
    if (method == null) {
      throw invalid("request.method");
    }
    return switch (method) {
      case GET -> recorded.reading(reading(target), caller -> read(caller, entry));
      case POST ->
          recorded.writing(
              new Interaction('C', "create", target.path(), ""), caller -> create(caller, entry));
      case PUT ->
          recorded.writing(
              new Interaction('U', "update", target.path(), target.criterion()),
              caller -> update(caller, entry, target));
      case DELETE ->
          recorded.writing(
              new Interaction('D', "delete", target.path(), target.criterion()),
              caller -> delete(caller, entry, target));
      case HEAD, PATCH, NULL -> throw invalid(method.toCode());
    };
  }

  private static Interaction reading(Target target) {
    return target.namesInstance()
        ? new Interaction('R', "read", target.path(), target.criterion())
        : new Interaction('E', "search-type", target.path(), target.criterion());
  }

  Answer read(Caller caller, BundleEntryComponent entry) {
    var target = Target.of(entry);
    var query = Query.parse(target.criterion());
    if (!target.namesInstance()) {
      return read.search(caller, target.type(), query);
    }
    if (target.path().split("/", -1).length != 2) {
      throw invalid("request.url");
    }
    return read.read(caller, target.key(), query);
  }

  private Answer create(Caller caller, BundleEntryComponent entry) {
    var resource = resource(entry);
    if (resource.getResourceType() != type(entry)) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED,
          "resourceType",
          resource.fhirType(),
          type(entry).name());
    }
    return write.create(
        caller, resource, Objects.requireNonNullElse(entry.getRequest().getIfNoneExist(), ""));
  }

  private Answer update(Caller caller, BundleEntryComponent entry, Target target) {
    var resource = resource(entry);
    return target.namesInstance()
        ? write.update(caller, target.key(), resource, expected(entry))
        : write.updateWhere(caller, target.type(), target.criterion(), resource, expected(entry));
  }

  private Answer delete(Caller caller, BundleEntryComponent entry, Target target) {
    return target.namesInstance()
        ? write.delete(caller, target.key(), expected(entry))
        : write.deleteWhere(caller, target.type(), target.criterion(), expected(entry));
  }

  private static Optional<Integer> expected(BundleEntryComponent entry) {
    return Optional.ofNullable(entry.getRequest().getIfMatch())
        .map(tag -> Versions.parse("If-Match", tag));
  }

  /** A copy: a try that lost a race is made again from the same entry. */
  private static Resource resource(BundleEntryComponent entry) {
    if (entry.getResource() == null) {
      throw invalid("resource");
    }
    return entry.getResource().copy();
  }

  private static HubException invalid(String what) {
    return new HubException(ErrorCode.BUNDLE_ENTRY_INVALID, "Bundle.entry", "-", what);
  }
}
