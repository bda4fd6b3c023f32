package io.yitong.hub.api.bundle;

import io.yitong.hub.api.answer.Known;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.answer.Versions;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One entry of a batch or transaction (FHIR R4, 3.1.0.11).
 *
 * @param number within the Bundle, from 0
 * @param method empty when there is none
 * @param path parts of the address below the base: {@code Patient, 1}
 * @param request for its conditions
 * @param resource afresh each time it is asked for
 */
record BundleEntry(
    int number,
    String fullUrl,
    String method,
    List<String> path,
    Query query,
    Optional<Element> request,
    Optional<ResourceJson> resource) {

  /**
   * @param base of this hub's addresses: an absolute address is as good as a relative one
   */
  static List<BundleEntry> of(ResourceJson bundle, String base) {
    var entries = new ArrayList<BundleEntry>();
    for (var entry : bundle.root().children("entry")) {
      entries.add(of(entries.size(), entry, bundle, base));
    }
    return entries;
  }

  private static BundleEntry of(int number, Element entry, ResourceJson bundle, String base) {
    var request = entry.child("request");
    var url = request.flatMap(r -> r.value("url")).orElse("");
    var below = url.startsWith(base) ? url.substring(base.length()) : url;
    var relative = below.startsWith("/") ? below.substring(1) : below;
    var question = relative.indexOf('?');
    var path = question < 0 ? relative : relative.substring(0, question);
    return new BundleEntry(
        number,
        entry.value("fullUrl").orElse(""),
        request.flatMap(r -> r.value("method")).orElse(""),
        List.of(path.split("/", -1)),
        new Query(question < 0 ? "" : relative.substring(question + 1)),
        request,
        entry.child("resource").map(bundle::part));
  }

  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  ResourceType type() {
    return ResourceNames.type(path.get(0));
  }

  boolean namesInstance() {
    return path.size() > 1;
  }

  ResourceKey key() {
    if (path.size() != 2) {
      throw invalid("request.url");
    }
    return ResourceNames.key(path.get(0), path.get(1));
  }

  /** Of what stands behind the question mark, what says which resource is meant. */
  String criterion() {
    if (query.criterion().isEmpty()) {
      throw invalid("request.url");
    }
    return query.criterion();
  }

  String ifNoneExist() {
    return Query.ifNoneExist(condition("ifNoneExist").orElse(""));
  }

  Optional<Integer> expected() {
    return Versions.expected(
        condition("ifMatch").orElse(null), isRead() ? null : condition("ifNoneMatch").orElse(null));
  }

  Known known() {
    return Known.of(
        condition("ifNoneMatch").orElse(null), condition("ifModifiedSince").orElse(null));
  }

  ResourceJson resourceOf(ResourceType type) {
    return ResourceNames.expected(resourceSent(), type);
  }

  ResourceJson resourceSent() {
    return resource.orElseThrow(() -> invalid("resource")).copy();
  }

  /** As it stands in the audit. */
  String what() {
    return String.join("/", path);
  }

  HubException invalid(String what) {
    return new HubException(
        ErrorCode.BUNDLE_ENTRY_INVALID, "Bundle.entry[" + number + "]", number, what);
  }

  private Optional<String> condition(String name) {
    return request.flatMap(r -> r.value(name));
  }
}
