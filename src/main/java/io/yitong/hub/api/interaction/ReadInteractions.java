package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.PatientOf;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchPage;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;

/** read, vread, history and search (FHIR R4, 3.1.0). */
@ApplicationScoped
public class ReadInteractions {
  private static final int HISTORY = 100;
  private static final int MOST_HISTORY = 1000;

  private final AccessRules rules;
  private final ReadResource read;
  private final SearchRecord search;
  private final HubAddress address;

  ReadInteractions(AccessRules rules, ReadResource read, SearchRecord search, HubAddress address) {
    this.rules = rules;
    this.read = read;
    this.search = search;
    this.address = address;
  }

  public Answer read(Caller caller, ResourceKey key) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    return Answer.of(there(read.current(key, filter), key, filter));
  }

  public Answer vread(Caller caller, ResourceKey key, int version) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    return Answer.of(there(read.version(key, version, filter), key, filter));
  }

  public Answer history(Caller caller, ResourceKey key, OptionalInt count) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    var versions = read.history(key, Math.min(count.orElse(HISTORY), MOST_HISTORY), filter);
    if (versions.isEmpty()) {
      throw absent(key, filter);
    }
    var url = address.of(key.reference());
    var bundle =
        new BundleText("history").total(versions.get(0).version()).link("self", url + "/_history");
    for (var version : versions) {
      bundle.version(url, version, method(version));
    }
    return Answer.of(200, bundle.end(), PatientOf.resource(versions.get(0)));
  }

  public Answer search(Caller caller, SearchQuery query) {
    var filter = rules.reading(caller, query.type(), Permission.SEARCH);
    var page = search.search(query, filter);
    return Answer.of(200, searchset(query, page), PatientOf.search(query));
  }

  private byte[] searchset(SearchQuery query, SearchPage page) {
    var bundle = new BundleText("searchset");
    page.total().ifPresent(bundle::total);
    var self = address.of(query.type().name()) + "?" + query.queryString();
    bundle.links(self, page.next().map(cursor -> self + "&_cursor=" + cursor));
    for (var match : page.matches()) {
      bundle.found(address.of(match.key().reference()), match, "match");
    }
    for (var included : page.included()) {
      bundle.found(address.of(included.key().reference()), included, "include");
    }
    return bundle.end();
  }

  private static String method(StoredResource version) {
    if (version.deleted()) {
      return "DELETE";
    }
    return "PUT";
  }

  private static StoredResource there(
      Optional<StoredResource> found, ResourceKey key, ReadFilter filter) {
    var resource = found.orElseThrow(() -> absent(key, filter));
    if (resource.deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    return resource;
  }

  /** Whoever may not see everything is not told whether there is anything. */
  private static HubException absent(ResourceKey key, ReadFilter filter) {
    return filter.reach() instanceof Everything
        ? new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", key.reference())
        : new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
