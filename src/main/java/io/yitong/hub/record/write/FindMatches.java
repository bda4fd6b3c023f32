package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.ResourceType;

/** What the criterion of a conditional interaction finds, in the transaction under way. */
@ApplicationScoped
class FindMatches {
  private final SearchRecord search;

  FindMatches(SearchRecord search) {
    this.search = search;
  }

  /**
   * @param among a condition on row {@code r} besides
   * @throws HubException MATCHES_NOT_ONE
   */
  Optional<StoredResource> only(
      ResourceType type, String criterion, Sql among, WriteContext context, Connection connection) {
    var found = first(2, type, criterion, among, context, connection);
    if (found.size() > 1) {
      throw new HubException(ErrorCode.MATCHES_NOT_ONE, type.name(), type + "?" + criterion);
    }
    return found.stream().findFirst();
  }

  /**
   * @param most matches that are wanted; there may be more
   */
  List<StoredResource> first(
      int most,
      ResourceType type,
      String criterion,
      Sql among,
      WriteContext context,
      Connection connection) {
    var parsed = SearchQuery.parse(type, criterion);
    if (parsed.criteria().isEmpty()) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, criterion, type + "?");
    }
    parsed.requireWholeResources();
    if (!context.limits().findable().types().contains(type)) {
      throw new HubException(ErrorCode.SCOPE_MISSING, "", type.name(), "search");
    }
    var query =
        new SearchQuery(
            type,
            parsed.criteria(),
            List.of(),
            List.of(),
            List.of(),
            OptionalInt.of(most),
            false,
            false,
            Optional.empty());
    return search.matches(query, context.limits().findable(), among, connection);
  }
}
