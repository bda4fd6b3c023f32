package io.yitong.hub.search.compare;

import io.yitong.hub.search.Inclusion;
import io.yitong.hub.search.Ordering;
import io.yitong.hub.search.Query;
import io.yitong.hub.search.SearchWorld;
import io.yitong.hub.search.compare.HubClient.Answer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts a query to the hub as an institution and holds the answer against the reference. */
final class CompareAnswers {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int MORE_THAN_ALL = 1000;
  private static final int MOST_PAGES = 400;

  private final HubClient hub;
  private final SearchWorld world;
  private final String institution;

  /** How the answer is fetched. */
  enum Way {
    AT_ONCE,
    BY_PAGES,
    COUNTED,
    BY_FORM
  }

  CompareAnswers(HubClient hub, SearchWorld world, String institution) {
    this.hub = hub;
    this.world = world;
    this.institution = institution;
  }

  /**
   * @param size of a page
   */
  Optional<Difference> compare(Query query, Way way, int size) {
    var least = world.least(query);
    var most = world.most(query);
    return switch (way) {
      case COUNTED ->
          counted(
              query, hub.get(query.and("_summary", "count").encoded(), institution), least, most);
      case AT_ONCE -> whole(query, hub.get(atOnce(query).encoded(), institution), least, most);
      case BY_FORM -> whole(query, byForm(atOnce(query)), least, most);
      case BY_PAGES -> paged(query, size, least, most);
    };
  }

  private static Query atOnce(Query query) {
    return query.and("_count", Integer.toString(MORE_THAN_ALL)).and("_total", "accurate");
  }

  private Answer byForm(Query query) {
    var address = query.encoded();
    var question = address.indexOf('?');
    return hub.post(
        (query.path().isEmpty() ? "" : query.path() + "/") + "_search",
        FORM,
        address.substring(question + 1),
        institution);
  }

  private Optional<Difference> counted(
      Query query, Answer answer, Set<String> least, Set<String> most) {
    if (answer.status() != 200) {
      return refused(query, answer);
    }
    var total = Found.of(answer.json()).total().orElse(-1L);
    return total >= least.size() && total <= most.size()
        ? Optional.empty()
        : Optional.of(
            Difference.of(
                query, "counted %d instead of %d of".formatted(total, least.size()), least));
  }

  private Optional<Difference> whole(
      Query query, Answer answer, Set<String> least, Set<String> most) {
    if (answer.status() != 200) {
      return refused(query, answer);
    }
    var found = Found.of(answer.json());
    if (found.total().orElse(-1L) != found.matches().size()) {
      return Optional.of(
          Difference.of(query, "total " + found.total() + " of " + found.matches().size()));
    }
    return matches(query, found.matches(), least, most)
        .or(() -> included(query, found))
        .or(() -> order(query, found.matches()));
  }

  private Optional<Difference> paged(Query query, int size, Set<String> least, Set<String> most) {
    var matches = new ArrayList<String>();
    var address = query.and("_count", Integer.toString(size)).encoded();
    for (var page = 0; page < MOST_PAGES; page++) {
      var answer = hub.get(address, institution);
      if (answer.status() != 200) {
        return refused(query, answer);
      }
      var found = Found.of(answer.json());
      if (found.matches().size() > size) {
        return Optional.of(Difference.of(query, "a page of " + size + " has", found.matches()));
      }
      var wrong = included(query, found);
      if (wrong.isPresent()) {
        return wrong;
      }
      matches.addAll(found.matches());
      if (found.next().isEmpty()) {
        return matches(query, matches, least, most).or(() -> order(query, matches));
      }
      address = relative(found.next().get());
    }
    return Optional.of(Difference.of(query, "pages without an end"));
  }

  private static String relative(String link) {
    var uri = URI.create(link);
    return uri.getRawPath().replaceFirst("^.*/fhir/?", "")
        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private static Optional<Difference> matches(
      Query query, List<String> found, Set<String> least, Set<String> most) {
    var once = new HashSet<String>();
    var twice = found.stream().filter(each -> !once.add(each)).toList();
    if (!twice.isEmpty()) {
      return Optional.of(Difference.of(query, "found twice", twice));
    }
    return notSame(query, "", found, least, most);
  }

  private static Optional<Difference> notSame(
      Query query, String what, Collection<String> found, Set<String> least, Set<String> most) {
    var missing = new TreeSet<>(least);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      return Optional.of(Difference.of(query, what + "missing", missing));
    }
    var extra = new TreeSet<>(found);
    extra.removeAll(most);
    return extra.isEmpty()
        ? Optional.empty()
        : Optional.of(Difference.of(query, what + "extra", extra));
  }

  /** Persons are made by the hub itself and are none of the reference's. */
  private Optional<Difference> included(Query query, Found found) {
    var wanted = new Inclusion(world.world(), query).of(found.matches());
    var brought = found.included().stream().filter(each -> !each.startsWith("Person/")).toList();
    return notSame(query, "included: ", brought, wanted, wanted);
  }

  private Optional<Difference> order(Query query, List<String> matches) {
    return query.all("_sort").stream()
        .flatMap(
            sort ->
                new Ordering(sort)
                        .disorder(
                            matches.stream().map(each -> world.get(each).orElseThrow()).toList())
                        .stream())
        .findFirst()
        .map(
            wrong -> new Difference(query, "order: " + wrong, List.of(wrong.split(" before ", 2))));
  }

  private static Optional<Difference> refused(Query query, Answer answer) {
    var issue = answer.body().length() > 400 ? answer.body().substring(0, 400) : answer.body();
    return Optional.of(Difference.of(query, "HTTP " + answer.status() + " " + issue));
  }
}
