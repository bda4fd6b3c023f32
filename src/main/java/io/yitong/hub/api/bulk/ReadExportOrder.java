package io.yitong.hub.api.bulk;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.privacy.DeidentificationProfile;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.bulk.export.ExportOrder;
import io.yitong.hub.record.bulk.export.ExportOrder.Level;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.sql.DatabaseFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;

/** Makes of a request what is to be exported, and refuses what could not be done as asked. */
@ApplicationScoped
class ReadExportOrder {
  /** Systems, not persons at a desk: those read one patient at a time. */
  private static final Set<Role> ROLES =
      Set.of(Role.HOSPITAL, Role.PARTNER, Role.OPERATOR, Role.REGULATOR);

  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
  private static final Set<String> UNDERSTOOD =
      Set.of("_outputFormat", "_since", "_until", "_type", "_typeFilter", "patient");

  private static final List<String> PARTS = List.of("_since", "_until", "_typeFilter", "patient");

  /** Between filters; a comma inside one parts its values. */
  private static final Pattern BETWEEN_FILTERS = Pattern.compile(",(?=[A-Z][A-Za-z]+\\?)");

  private static final Pattern FILTER = Pattern.compile("([A-Z][A-Za-z]+)\\?(.+)");

  private final AccessRules rules;
  private final SearchRecord search;
  private final ReadResource read;
  private final DataSource database;

  ReadExportOrder(AccessRules rules, SearchRecord search, ReadResource read, DataSource database) {
    this.rules = rules;
    this.search = search;
    this.read = read;
    this.database = database;
  }

  ExportOrder read(Caller caller, Level level, Optional<String> group, BulkRequest request) {
    if (ROLES.stream().noneMatch(caller::is)) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    group.ifPresent(id -> requireThere(caller, new ResourceKey(ResourceType.Group, id)));
    var ignored =
        request.parameters().keySet().stream().filter(name -> !UNDERSTOOD.contains(name)).toList();
    if (!ignored.isEmpty() && !request.lenient()) {
      throw invalid(ignored.get(0), "handling=lenient");
    }
    request.all("_outputFormat").stream()
        .map(format -> format.replace(' ', '+'))
        .filter(format -> !FORMATS.contains(format))
        .forEach(
            format -> {
              throw invalid("_outputFormat", format);
            });
    var types = types(caller, level, request);
    requireWhole(caller, types, request);
    return new ExportOrder(
        level,
        group.orElse(null),
        types,
        time("_since", request),
        time("_until", request),
        filters(caller, types, request),
        patients(caller, level, request),
        ignored);
  }

  private List<ResourceType> types(Caller caller, Level level, BulkRequest request) {
    var asked =
        request.all("_type").stream()
            .flatMap(names -> Arrays.stream(names.split(",", -1)))
            .map(String::trim)
            .map(ReadExportOrder::type)
            .distinct()
            .toList();
    if (asked.isEmpty()) {
      var all =
          ResourceNames.stored().stream()
              .filter(type -> level == Level.SYSTEM || isOfPatients(type))
              .filter(type -> mayRead(caller, type))
              .sorted(Comparator.comparing(Enum::name))
              .toList();
      if (all.isEmpty()) {
        throw new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      return all;
    }
    for (var type : asked) {
      if (level != Level.SYSTEM && !isOfPatients(type)) {
        throw invalid("_type", type.name());
      }
      requireRead(caller, type);
    }
    return asked;
  }

  private static ResourceType type(String name) {
    return ResourceNames.stored().stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> invalid("_type", name));
  }

  private static boolean isOfPatients(ResourceType type) {
    return type == ResourceType.Patient || !SearchParameters.of(type).patient().isEmpty();
  }

  /** What is de-identified is given of the types of its profile. */
  private void requireRead(Caller caller, ResourceType type) {
    rules.exporting(caller, type, Permission.READ);
    var filter = rules.exporting(caller, type, Permission.SEARCH);
    if (filter.reach() instanceof Pseudonymised reach
        && !DeidentificationProfile.named(reach.profile()).types().contains(type.name())) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
  }

  /**
   * A part of the region chosen by the caller, or by when it was written, would single persons out
   * of what is de-identified: two exports that differ in one person tell of that person.
   */
  private void requireWhole(Caller caller, List<ResourceType> types, BulkRequest request) {
    var filters =
        types.stream()
            .map(type -> rules.exporting(caller, type, Permission.SEARCH))
            .filter(filter -> filter.reach() instanceof Pseudonymised)
            .toList();
    if (filters.stream().anyMatch(filter -> !filter.extents().isEmpty())) {
      throw new HubException(ErrorCode.EXPORT_NOT_WHOLE, "scope", "scope");
    }
    var deidentified = !filters.isEmpty();
    if (deidentified) {
      PARTS.stream()
          .filter(part -> !request.all(part).isEmpty())
          .findFirst()
          .ifPresent(
              part -> {
                throw new HubException(ErrorCode.EXPORT_NOT_WHOLE, part, part);
              });
    }
  }

  private boolean mayRead(Caller caller, ResourceType type) {
    try {
      requireRead(caller, type);
      return true;
    } catch (HubException e) {
      return false;
    }
  }

  private static String time(String name, BulkRequest request) {
    var sent = request.all(name);
    if (sent.isEmpty()) {
      return null;
    }
    try {
      // The plus sign of a time zone, unless it is encoded, arrives as a blank.
      return OffsetDateTime.parse(sent.get(0).replace(' ', '+')).toInstant().toString();
    } catch (DateTimeParseException e) {
      throw invalid(name, sent.get(0));
    }
  }

  private List<String> filters(Caller caller, Collection<ResourceType> types, BulkRequest request) {
    var filters =
        request.all("_typeFilter").stream()
            .flatMap(sent -> Stream.of(BETWEEN_FILTERS.split(sent, -1)))
            .toList();
    for (var filter : filters) {
      var parts = FILTER.matcher(filter);
      if (!parts.matches()) {
        throw invalid("_typeFilter", filter);
      }
      var type = type(parts.group(1));
      if (!types.contains(type)) {
        throw invalid("_typeFilter", filter);
      }
      var query = SearchQuery.parse(type, parts.group(2));
      if (!query.equals(onlyCriteria(query))) {
        throw invalid("_typeFilter", filter);
      }
      check(query, caller);
    }
    return filters;
  }

  /** As the search itself would be refused. */
  private void check(SearchQuery query, Caller caller) {
    try (var connection = database.getConnection()) {
      search.matching(query, rules.reading(caller, query.type(), Permission.SEARCH), connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** What is left when nothing orders, counts, pages or adds to the hits. */
  private static SearchQuery onlyCriteria(SearchQuery query) {
    var criteria = query.queryString();
    return SearchQuery.parse(
        query.type(),
        Stream.of(criteria.split("&", -1))
            .filter(part -> !part.matches("_(sort|include|revinclude|count|summary|total).*"))
            .reduce((one, other) -> one + "&" + other)
            .orElse(""));
  }

  /** Named by POST only (Bulk Data Access 2.0, 3.1.2.2). */
  private List<String> patients(Caller caller, Level level, BulkRequest request) {
    var named = request.all("patient");
    if (!named.isEmpty() && level == Level.SYSTEM) {
      throw invalid("patient", named.get(0));
    }
    return named.stream()
        .map(
            reference ->
                ResourceKey.ofReference(reference)
                    .filter(key -> key.type() == ResourceType.Patient)
                    .orElseThrow(() -> invalid("patient", reference)))
        .map(key -> requireThere(caller, key))
        .distinct()
        .toList();
  }

  /** The same refusal for what the caller may not see and for what does not exist. */
  private String requireThere(Caller caller, ResourceKey key) {
    var filter = rules.reading(caller, key.type(), Permission.READ);
    if (read.current(key, filter).filter(found -> !found.deleted()).isEmpty()) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    return key.id();
  }

  private static HubException invalid(String name, String value) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, value);
  }
}
