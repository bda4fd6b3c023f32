package io.yitong.hub.record.search;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A search as asked, not yet checked against what the type can be searched by.
 *
 * @param criteria all must hold; the values of one are alternatives
 * @param includes {@code Observation:subject} and the like
 * @param cursor opaque, from the next link of the page before
 */
public record SearchQuery(
    ResourceType type,
    List<Criterion> criteria,
    List<Sort> sort,
    List<String> includes,
    List<String> revIncludes,
    OptionalInt count,
    boolean totalOnly,
    boolean total,
    Optional<String> cursor) {

  /**
   * One parameter: name, modifier without the colon (or empty), values (the commas of FHIR R4
   * 3.1.1.4).
   */
  public record Criterion(String name, String modifier, List<String> values) {}

  public record Sort(String parameter, boolean descending) {}

  /**
   * @param query the query string, percent-encoded or not: {@code
   *     patient=Patient/1&date=ge2026-03-01}
   */
  public static SearchQuery parse(ResourceType type, String query) {
    return QueryString.parse(type, query);
  }

  /** This search as a query string: what was understood, and nothing else. */
  public String queryString() {
    return QueryString.write(this);
  }
}
