package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.PatientOf;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.View;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.search.SearchPage;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchQuery.Handling;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** search of a type, of everything and of a compartment (FHIR R4, 3.1.0.9 and 3.1.0.11.1). */
@ApplicationScoped
public class SearchInteractions {
  private final AccessRules rules;
  private final SearchRecord search;
  private final HubAddress address;

  SearchInteractions(AccessRules rules, SearchRecord search, HubAddress address) {
    this.rules = rules;
    this.search = search;
    this.address = address;
  }

  /**
   * @param handling what becomes of parameters that are not known
   */
  public Answer ofType(Caller caller, ResourceType type, Query query, Handling handling) {
    var filter = rules.reading(caller, type, Permission.SEARCH);
    var parsed = SearchQuery.parse(type, query.raw(), handling);
    return answer(type.name(), parsed, query, filter);
  }

  public Answer ofSystem(Caller caller, Query query, Handling handling) {
    var filter = rules.readingAnything(caller, Permission.SEARCH);
    var parsed = SearchQuery.parseWhole(query.raw(), handling);
    var types = parsed.among().types();
    // One type's address says the type.
    var path = types.size() == 1 ? types.iterator().next().name() : "";
    return answer(path, parsed, query, filter);
  }

  /**
   * @param type empty for all of the compartment
   */
  public Answer ofCompartment(
      Caller caller,
      ResourceKey focus,
      Optional<ResourceType> type,
      Query query,
      Handling handling) {
    var filter =
        type.map(asked -> rules.reading(caller, asked, Permission.SEARCH))
            .orElseGet(() -> rules.readingAnything(caller, Permission.SEARCH));
    var parsed = SearchQuery.parseWithin(focus, type, query.raw(), handling);
    var path = focus.reference() + "/" + type.map(ResourceType::name).orElse("*");
    return answer(path, parsed, query, filter);
  }

  private Answer answer(String path, SearchQuery parsed, Query query, ReadFilter filter) {
    var view = view(parsed, query);
    var page = search.search(parsed, filter);
    var bundle = new BundleText("searchset");
    page.total().ifPresent(bundle::total);
    links(bundle, path, parsed, query, page);
    for (var match : page.matches()) {
      bundle.found(address.of(match.key().reference()), view.of(match), "match");
    }
    for (var included : page.included()) {
      bundle.found(address.of(included.key().reference()), view.of(included), "include");
    }
    Warnings.of(parsed, page).ifPresent(outcome -> bundle.outcome(FhirJson.write(outcome)));
    return Answer.of(200, bundle.end(), patients(parsed, page));
  }

  /** Who was asked about, and whose data was found. */
  private static List<String> patients(SearchQuery parsed, SearchPage page) {
    var found =
        Stream.concat(page.matches().stream(), page.included().stream())
            .flatMap(resource -> resource.patient().stream());
    return Stream.concat(PatientOf.search(parsed).stream(), found).distinct().toList();
  }

  private static View view(SearchQuery parsed, Query query) {
    var view = View.of(query);
    var includes = !parsed.includes().isEmpty() || !parsed.revIncludes().isEmpty();
    if (view instanceof View.Text && includes) {
      throw new HubException(
          ErrorCode.SEARCH_VALUE_INVALID, "_summary", "_summary", "text", "_include, _revinclude");
    }
    return parsed.among().types().isEmpty() || includes
        ? view
        : view.checked(parsed.among().types());
  }

  private void links(
      BundleText bundle, String path, SearchQuery parsed, Query query, SearchPage page) {
    var base = path.isEmpty() ? address.base() : address.of(path);
    var asked = parsed.queryString() + query.asSent("_format") + query.asSent("_pretty");
    var self = base + "?" + (asked.startsWith("&") ? asked.substring(1) : asked);
    bundle.links(
        self,
        page.next().map(cursor -> self + "&_cursor=" + cursor),
        page.previous().map(cursor -> self + "&_cursor=" + cursor));
  }
}
