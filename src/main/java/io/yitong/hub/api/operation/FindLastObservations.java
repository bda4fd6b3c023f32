package io.yitong.hub.api.operation;

import io.yitong.hub.api.answer.BundleText;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Observation/$lastn} (FHIR R4): of what a search finds, the newest {@code max} of each
 * code, newest first; those of the same time as the last of them too.
 */
@ApplicationScoped
class FindLastObservations implements Operation {
  private static final int PAGE = 1000;

  /** What is sorted out here and not by the database is held in memory until it is. */
  private static final int MOST = 20_000;

  private static final Pattern SUBJECT = Pattern.compile("(patient|subject)([.:].*)?");
  private static final Pattern CODE =
      Pattern.compile("(category|(combo-|component-)?code(-value-.*)?)(:.*)?");

  /** They shape a search's answer; this one has a shape of its own. */
  private static final Set<String> NOT_HERE =
      Set.of(
          "_count",
          "_cursor",
          "_sort",
          "_include",
          "_revinclude",
          "_include:iterate",
          "_revinclude:iterate",
          "_total",
          "_summary",
          "_elements",
          "_contained",
          "_containedType");

  private final SearchRecord search;
  private final HubAddress address;

  FindLastObservations(SearchRecord search, HubAddress address) {
    this.search = search;
    this.address = address;
  }

  @Override
  public OperationName name() {
    return new OperationName("lastn");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Observation);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.PARTNER, Role.PATIENT);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Observation-lastn";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = new Asked(call);
    requireCriteria(call);
    var max = asked.positive("max").orElse(1);
    var criteria = asked.queryString("max");
    var newest = newest(found(criteria, call.filter()), max);
    var bundle = new BundleText("searchset").total(newest.size());
    bundle.links(
        address.of("Observation/$lastn") + "?max=" + max + criteria,
        Optional.empty(),
        Optional.empty());
    for (var each : newest) {
      bundle.found(address.of(each.resource().key().reference()), each.resource().json(), "match");
    }
    return new OperationAnswer.Text(bundle.end(), patientId(asked));
  }

  private static void requireCriteria(Invocation call) {
    var names = call.parameters().getParameter().stream().map(each -> each.getName()).toList();
    names.stream()
        .filter(NOT_HERE::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw Asked.invalid(name, "max");
            });
    if (names.stream().noneMatch(name -> SUBJECT.matcher(name).matches())) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "patient", "patient | subject");
    }
    if (names.stream().noneMatch(name -> CODE.matcher(name).matches())) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "category", "category | code");
    }
  }

  /** All matches, newest first. */
  private List<Measured> found(String criteria, ReadFilter filter) {
    var query = criteria.substring(1) + "&_sort=-date&_count=" + PAGE;
    var found = new ArrayList<Measured>();
    var cursor = Optional.of("");
    while (cursor.isPresent()) {
      var from = cursor.get().isEmpty() ? "" : "&_cursor=" + cursor.get();
      var page = search.search(SearchQuery.parse(ResourceType.Observation, query + from), filter);
      page.matches().stream().map(Measured::of).forEach(found::add);
      if (found.size() > MOST) {
        throw Asked.invalid("date", "> " + MOST + " Observation; date=ge…, category, code");
      }
      cursor = page.next();
    }
    return found;
  }

  private static List<Measured> newest(List<Measured> found, int max) {
    var groups = new CodeGroups();
    found.forEach(each -> groups.join(each.codes()));
    var taken = new HashMap<String, Taken>();
    var newest = new ArrayList<Measured>();
    for (var each : found) {
      var group = taken.computeIfAbsent(groups.of(each.codes().get(0)), code -> new Taken());
      if (group.takes(each.effective(), max)) {
        newest.add(each);
      }
    }
    return newest;
  }

  /** What was taken of one group. */
  private static final class Taken {
    private int count;
    private Optional<DateRange> last = Optional.empty();

    boolean takes(Optional<DateRange> effective, int max) {
      var isTie = effective.isPresent() && effective.equals(last);
      if (count >= max && !isTie) {
        return false;
      }
      count++;
      last = effective;
      return true;
    }
  }

  private static Optional<String> patientId(Asked asked) {
    return asked.call().parameters().getParameter().stream()
        .filter(each -> Set.of("patient", "subject").contains(each.getName()))
        .map(each -> each.getValue().primitiveValue())
        .map(value -> value.startsWith("Patient/") ? value.substring(8) : value)
        .filter(ResourceKey::isId)
        .findFirst();
  }
}
