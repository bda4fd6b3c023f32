package io.yitong.hub.record.search.plan;

import java.util.stream.Stream;

/**
 * Whether a search looks into resources that stand in others, and which of the two it shows: {@code
 * _contained} and {@code _containedType} (FHIR R4, 3.1.1.5.5).
 */
public enum Contained {
  NOT(),
  ONLY_CONTAINERS("_contained=true"),
  ONLY("_contained=true", "_containedType=contained"),
  ALSO_CONTAINERS("_contained=both"),
  ALSO("_contained=both", "_containedType=contained");

  private final String[] written;

  Contained(String... written) {
    this.written = written;
  }

  /** As parameters of a query string. */
  public Stream<String> written() {
    return Stream.of(written);
  }

  /** Whether what is shown may be of another type than what was searched. */
  public boolean showsContainers() {
    return this == ONLY_CONTAINERS || this == ALSO_CONTAINERS;
  }
}
