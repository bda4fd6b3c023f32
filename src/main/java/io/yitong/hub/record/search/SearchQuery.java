package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.plan.Contained;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A search as asked, not yet checked against what the types can be searched by.
 *
 * @param criteria all must hold; the values of one are alternatives
 * @param includes {@code Observation:subject}, {@code Observation:*} and the like
 * @param cursor opaque, from the next or previous link of another page
 * @param ignored what {@code Prefer: handling=lenient} left out, as it was written
 */
public record SearchQuery(
    Among among,
    List<Criterion> criteria,
    List<Sort> sort,
    List<Include> includes,
    List<Include> revIncludes,
    OptionalInt count,
    boolean totalOnly,
    boolean total,
    Optional<String> cursor,
    Form form,
    List<String> ignored) {

  /** What becomes of parameters and modifiers that are not known (FHIR R4, 3.1.1.1). */
  public enum Handling {
    STRICT,
    LENIENT
  }

  /**
   * What is searched.
   *
   * @param types empty for all that the reader may see
   * @param compartment the focus whose compartment it is in (FHIR R4, 3.1.0.11.1)
   */
  public record Among(
      Set<ResourceType> types, Optional<ResourceKey> compartment, Contained contained) {
    public Among {
      types = Set.copyOf(types);
    }

    static Among of(ResourceType type) {
      return new Among(Set.of(type), Optional.empty(), Contained.NOT);
    }
  }

  /**
   * One parameter: name, modifier without the colon (or empty), values (the commas of FHIR R4
   * 3.1.1.4).
   */
  public record Criterion(String name, String modifier, List<String> values) {
    /** As it was written before the equals sign. */
    String parameter() {
      return modifier.isEmpty() ? name : name + ":" + modifier;
    }
  }

  public record Sort(String parameter, boolean descending) {}

  /**
   * @param path {@code Type:parameter[:Type]}, {@code Type:*} or {@code *}
   * @param iterate whether what was included is looked into, too
   */
  public record Include(String path, boolean iterate) {}

  /**
   * How much of each resource is sent: {@code _summary}, {@code _elements}.
   *
   * @param summary true, text or data
   */
  public record Form(Optional<String> summary, List<String> elements) {
    static final Form WHOLE = new Form(Optional.empty(), List.of());
  }

  /** A search of one type that the hub itself makes. */
  public SearchQuery(
      ResourceType type,
      List<Criterion> criteria,
      List<Sort> sort,
      List<String> includes,
      List<String> revIncludes,
      OptionalInt count,
      boolean totalOnly,
      boolean total,
      Optional<String> cursor) {
    this(
        Among.of(type),
        criteria,
        sort,
        includes.stream().map(path -> new Include(path, false)).toList(),
        revIncludes.stream().map(path -> new Include(path, false)).toList(),
        count,
        totalOnly,
        total,
        cursor,
        Form.WHOLE,
        List.of());
  }

  /**
   * @param query the query string, percent-encoded or not: {@code
   *     patient=Patient/1&date=ge2026-03-01}
   */
  public static SearchQuery parse(ResourceType type, String query) {
    return parse(type, query, Handling.STRICT);
  }

  /**
   * @throws io.yitong.hub.fhir.HubException when it cannot be read; names are looked up when it is
   *     searched, or here, to be left out, when handling is lenient
   */
  public static SearchQuery parse(ResourceType type, String query, Handling handling) {
    return QueryString.parse(Among.of(type), query, handling);
  }

  /** A search of all types, or of those that {@code _type} names. */
  public static SearchQuery parseWhole(String query, Handling handling) {
    return QueryString.parse(new Among(Set.of(), Optional.empty(), Contained.NOT), query, handling);
  }

  /**
   * A search of a compartment: {@code Patient/1/Observation}, {@code Patient/1/*}.
   *
   * @param type empty for all types
   */
  public static SearchQuery parseWithin(
      ResourceKey focus, Optional<ResourceType> type, String query, Handling handling) {
    return QueryString.parse(
        new Among(type.map(Set::of).orElse(Set.of()), Optional.of(focus), Contained.NOT),
        query,
        handling);
  }

  /** The only type searched. */
  public ResourceType type() {
    if (among.types().size() != 1) {
      throw new IllegalStateException("a search of " + among.types().size() + " types");
    }
    return among.types().iterator().next();
  }

  /**
   * For what is written or exported: that stands by itself.
   *
   * @throws io.yitong.hub.fhir.HubException when contained resources are asked for
   */
  public void requireWholeResources() {
    if (among.contained() != Contained.NOT) {
      throw Refusal.value("_contained", "true", "false");
    }
  }

  /** This search as a query string: what was understood, and nothing else. */
  public String queryString() {
    return QueryString.write(this);
  }
}
