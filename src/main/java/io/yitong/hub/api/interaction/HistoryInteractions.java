package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.answer.View;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.HistoryPage;
import io.yitong.hub.record.HistoryQuery;
import io.yitong.hub.record.HistoryQuery.Of;
import io.yitong.hub.record.HistoryQuery.OfInstance;
import io.yitong.hub.record.HistoryQuery.OfTypes;
import io.yitong.hub.record.ReadHistory;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** history of an instance, a type and everything (FHIR R4, 3.1.0.13). */
@ApplicationScoped
public class HistoryInteractions {
  private static final int COUNT = 50;
  private static final Set<String> PARAMETERS = Set.of("_since", "_at", "_count", "_cursor");

  private final AccessRules rules;
  private final ReadHistory history;
  private final ReadResource read;
  private final HubAddress address;

  HistoryInteractions(
      AccessRules rules, ReadHistory history, ReadResource read, HubAddress address) {
    this.rules = rules;
    this.history = history;
    this.read = read;
    this.address = address;
  }

  public Answer ofInstance(Caller caller, ResourceKey key, Query query) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    var asked = asked(new OfInstance(key), query);
    var page = history.page(asked, filter);
    if (page.versions().isEmpty() && read.current(key, filter).isEmpty()) {
      throw Absence.of(key, filter);
    }
    var patient = page.versions().stream().findFirst().flatMap(StoredResource::patient);
    return answer(key.reference() + "/", query, page, patient);
  }

  public Answer ofType(Caller caller, ResourceType type, Query query) {
    var filter = rules.reading(caller, type, Permission.SEARCH);
    return answer(type + "/", query, page(Set.of(type), query, filter), Optional.empty());
  }

  public Answer ofSystem(Caller caller, Query query) {
    var filter = rules.readingAnything(caller, Permission.SEARCH);
    return answer("", query, page(ResourceNames.stored(), query, filter), Optional.empty());
  }

  private HistoryPage page(Set<ResourceType> types, Query query, ReadFilter filter) {
    return history.page(asked(new OfTypes(types), query), filter);
  }

  private static HistoryQuery asked(Of of, Query query) {
    query.takes("_history", PARAMETERS);
    return new HistoryQuery(
        of,
        query.one("_since").map(text -> time("_since", text).low()),
        query.one("_at").map(text -> time("_at", text)),
        query.one("_summary").filter("count"::equals).isPresent()
            ? 0
            : query.one("_count").map(text -> Query.number("_count", text)).orElse(COUNT),
        query.one("_cursor"));
  }

  private static DateRange time(String name, String text) {
    return DateRange.parse(text)
        .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_INVALID, name, name, text));
  }

  /**
   * @param below the base: {@code Patient/1/}
   */
  private Answer answer(String below, Query query, HistoryPage page, Optional<String> patient) {
    var bundle = new BundleText("history");
    page.total().ifPresent(bundle::total);
    var url = address.of(below + "_history");
    var self = query.raw().isEmpty() ? url : url + "?" + query.raw();
    bundle.links(
        self, page.next().map(cursor -> url + "?" + query.after(cursor)), Optional.empty());
    var view = View.of(query);
    for (var version : page.versions()) {
      bundle.version(address.of(version.key().reference()), version, view);
    }
    return Answer.of(200, bundle.end(), patient);
  }
}
