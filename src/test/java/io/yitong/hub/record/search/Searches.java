package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.search.SearchQuery.Handling;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/** What a search finds, by id. */
final class Searches {
  static final ReadFilter EVERYTHING = ReadFilter.everything();

  private final SearchRecord search;

  Searches(SearchRecord search) {
    this.search = search;
  }

  List<String> found(ResourceType type, String query) {
    return ids(page(type, query));
  }

  SearchPage page(ResourceType type, String query) {
    return search.search(SearchQuery.parse(type, query), EVERYTHING);
  }

  SearchPage whole(String query) {
    return search.search(SearchQuery.parseWhole(query, Handling.STRICT), EVERYTHING);
  }

  static List<String> ids(SearchPage page) {
    return page.matches().stream().map(match -> match.key().id()).toList();
  }
}
