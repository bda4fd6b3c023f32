package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.PatientOf;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchPage;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** read, vread and search (FHIR R4, 3.1.0.2, 3.1.0.3 and 3.1.0.9). */
@ApplicationScoped
public class ReadInteractions {
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

  public Answer read(Caller caller, ResourceKey key, Query query) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    query.takes("read", Set.of());
    return Answer.of(there(read.current(key, filter), key, filter));
  }

  public Answer vread(Caller caller, ResourceKey key, int version, Query query) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    query.takes("vread", Set.of());
    return Answer.of(there(read.version(key, version, filter), key, filter));
  }

  public Answer search(Caller caller, ResourceType type, Query query) {
    var filter = rules.reading(caller, type, Permission.SEARCH);
    var parsed = SearchQuery.parse(type, query.raw());
    var page = search.search(parsed, filter);
    return Answer.of(200, searchset(parsed, query, page), PatientOf.search(parsed));
  }

  private byte[] searchset(SearchQuery parsed, Query query, SearchPage page) {
    var bundle = new BundleText("searchset");
    page.total().ifPresent(bundle::total);
    var self = address.of(parsed.type().name()) + "?" + parsed.queryString() + query.formAsSent();
    bundle.links(self, page.next().map(cursor -> self + "&_cursor=" + cursor));
    for (var match : page.matches()) {
      bundle.found(address.of(match.key().reference()), match, "match");
    }
    for (var included : page.included()) {
      bundle.found(address.of(included.key().reference()), included, "include");
    }
    return bundle.end();
  }

  private static StoredResource there(
      Optional<StoredResource> found, ResourceKey key, ReadFilter filter) {
    var resource = found.orElseThrow(() -> Absence.of(key, filter));
    if (resource.deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    return resource;
  }
}
