package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One entry of a transaction, checked as far as it can be by itself.
 *
 * @param fullUrl by which other entries refer to it; empty when it has none
 */
record TransactionEntry(int number, String fullUrl, Request request) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?([0-9]{1,9})\"?");

  /** What is asked for. */
  sealed interface Request {}

  record Put(ResourceKey key, Resource resource, Optional<Integer> expected) implements Request {}

  record PutIf(ResourceType type, String criterion, Resource resource) implements Request {}

  record Post(Resource resource) implements Request {}

  record PostIf(Resource resource, String criterion) implements Request {}

  record Delete(ResourceKey key, Optional<Integer> expected) implements Request {}

  record DeleteIf(ResourceType type, String criterion) implements Request {}

  static List<TransactionEntry> of(Bundle bundle) {
    if (bundle.getType() != BundleType.TRANSACTION) {
      throw new HubException(
          ErrorCode.BUNDLE_NOT_TRANSACTION,
          "Bundle.type",
          bundle.hasType() ? bundle.getType().toCode() : "-");
    }
    var entries = new ArrayList<TransactionEntry>();
    for (var entry : bundle.getEntry()) {
      var number = entries.size();
      entries.add(
          new TransactionEntry(
              number, entry.hasFullUrl() ? entry.getFullUrl() : "", request(entry, number)));
    }
    return entries;
  }

  /**
   * @param tag {@code W/"3"}, or without the decoration
   */
  static Optional<Integer> version(String tag) {
    var match = VERSION.matcher(tag.trim());
    if (!match.matches()) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "If-Match", "If-Match", tag);
    }
    return Optional.of(Integer.valueOf(match.group(1)));
  }

  private static Request request(BundleEntryComponent entry, int number) {
    var request = entry.getRequest();
    if (!request.hasMethod()) {
      throw invalid(number, "request.method");
    }
    var url = request.hasUrl() ? request.getUrl() : "";
    var question = url.indexOf('?');
    var path = question < 0 ? url : url.substring(0, question);
    var criterion = question < 0 ? "" : url.substring(question + 1);
    Optional<Integer> expected =
        request.hasIfMatch() ? version(request.getIfMatch()) : Optional.empty();
    return switch (request.getMethod()) {
      case POST -> post(entry, type(path, number), number);
      case PUT -> {
        if (criterion.isEmpty()) {
          var key = key(path, number);
          yield new Put(key, withId(resource(entry, key.type(), number), key), expected);
        }
        var type = type(path, number);
        yield new PutIf(type, criterion, resource(entry, type, number));
      }
      case DELETE ->
          criterion.isEmpty()
              ? new Delete(key(path, number), expected)
              : new DeleteIf(type(path, number), criterion);
      case GET, HEAD, PATCH, NULL -> throw invalid(number, request.getMethod().toCode());
    };
  }

  private static Request post(BundleEntryComponent entry, ResourceType type, int number) {
    var resource = resource(entry, type, number);
    var criterion = entry.getRequest().getIfNoneExist();
    return criterion == null || criterion.isBlank()
        ? new Post(resource)
        : new PostIf(resource, criterion.substring(criterion.indexOf('?') + 1));
  }

  private static Resource resource(BundleEntryComponent entry, ResourceType type, int number) {
    var resource = entry.getResource();
    if (resource == null) {
      throw invalid(number, "resource");
    }
    if (resource.getResourceType() != type) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED,
          "Bundle.entry[" + number + "].resource",
          resource.fhirType(),
          type.name());
    }
    return resource;
  }

  private static Resource withId(Resource resource, ResourceKey key) {
    var own = resource.getIdElement().getIdPart();
    if (own != null && !own.startsWith("urn:") && !own.equals(key.id())) {
      throw new HubException(
          ErrorCode.RESOURCE_ID_MISMATCH, resource.fhirType() + ".id", own, key.id());
    }
    resource.setId(key.id());
    return resource;
  }

  private static ResourceKey key(String path, int number) {
    var parts = path.split("/", -1);
    if (parts.length != 2 || !ID.matcher(parts[1]).matches()) {
      throw invalid(number, "request.url");
    }
    return new ResourceKey(type(parts[0], number), parts[1]);
  }

  private static ResourceType type(String name, int number) {
    for (var type : ResourceType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw invalid(number, "request.url");
  }

  private static HubException invalid(int number, String what) {
    return new HubException(
        ErrorCode.BUNDLE_ENTRY_INVALID, "Bundle.entry[" + number + "]", number, what);
  }
}
