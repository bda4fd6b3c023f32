package io.yitong.hub.api.bundle;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.interaction.HistoryInteractions;
import io.yitong.hub.api.interaction.InvokeOperation;
import io.yitong.hub.api.interaction.ReadInteractions;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.SearchInteractions;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.record.search.SearchQuery.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/** GET and HEAD as entries: read, vread, history, search and operations that change nothing. */
@ApplicationScoped
class ReadEntry {
  private static final String HISTORY = "_history";

  private final ReadInteractions read;
  private final SearchInteractions search;
  private final HistoryInteractions history;
  private final InvokeOperation operations;

  ReadEntry(
      ReadInteractions read,
      SearchInteractions search,
      HistoryInteractions history,
      InvokeOperation operations) {
    this.read = read;
    this.search = search;
    this.history = history;
    this.operations = operations;
  }

  Answer read(Caller caller, BundleEntry entry) {
    var answer = answer(caller, entry);
    if (entry.known().has(answer)) {
      return answer.withoutBody(304);
    }
    return entry.method().equals("HEAD") ? answer.withoutBody(answer.status()) : answer;
  }

  private Answer answer(Caller caller, BundleEntry entry) {
    var path = entry.path();
    var query = entry.query();
    var last = path.get(path.size() - 1);
    if (last.startsWith("$")) {
      return operation(caller, entry, last.substring(1));
    }
    return switch (path.size()) {
      case 1 ->
          last.equals(HISTORY) ? history.ofSystem(caller, query) : search(caller, last, query);
      case 2 ->
          last.equals(HISTORY)
              ? history.ofType(caller, entry.type(), query)
              : read.read(caller, entry.key(), query);
      case 3 -> {
        var key = ResourceNames.key(path.get(0), path.get(1));
        yield last.equals(HISTORY)
            ? history.ofInstance(caller, key, query)
            : search.ofCompartment(caller, key, within(last), query, Handling.STRICT);
      }
      case 4 -> {
        if (!path.get(2).equals(HISTORY)) {
          throw entry.invalid("request.url");
        }
        var key = ResourceNames.key(path.get(0), path.get(1));
        yield read.vread(caller, key, Query.number(HISTORY, last), query);
      }
      default -> throw entry.invalid("request.url");
    };
  }

  private Answer search(Caller caller, String type, Query query) {
    return type.isEmpty()
        ? search.ofSystem(caller, query, Handling.STRICT)
        : search.ofType(caller, ResourceNames.type(type), query, Handling.STRICT);
  }

  private static Optional<ResourceType> within(String name) {
    return name.equals("*") ? Optional.empty() : Optional.of(ResourceNames.type(name));
  }

  private Answer operation(Caller caller, BundleEntry entry, String name) {
    var above = entry.path().subList(0, entry.path().size() - 1);
    if (above.size() > 2) {
      throw entry.invalid("request.url");
    }
    return operations.read(caller, name, part(above, 0), part(above, 1), entry.query().byName());
  }

  private static Optional<String> part(List<String> path, int index) {
    return path.size() > index ? Optional.of(path.get(index)) : Optional.empty();
  }

  /** What it is called in the audit when it stands alone. */
  static Interaction interaction(BundleEntry entry) {
    var path = entry.path();
    var last = path.get(path.size() - 1);
    if (last.startsWith("$")) {
      var above = String.join("/", path.subList(0, path.size() - 1));
      return new Interaction('E', last, above, entry.query().raw());
    }
    var name =
        switch (path.size()) {
          case 1 ->
              last.equals(HISTORY)
                  ? "history-system"
                  : last.isEmpty() ? "search-system" : "search-type";
          case 2 -> last.equals(HISTORY) ? "history-type" : "read";
          case 3 -> last.equals(HISTORY) ? "history-instance" : "search-compartment";
          default -> "vread";
        };
    var searches = name.startsWith("search");
    return new Interaction(searches ? 'E' : 'R', name, entry.what(), entry.query().raw());
  }
}
