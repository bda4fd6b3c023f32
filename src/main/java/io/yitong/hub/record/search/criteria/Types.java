package io.yitong.hub.record.search.criteria;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** Resource types by their names. */
public final class Types {
  private static final Map<String, ResourceType> BY_NAME =
      Arrays.stream(ResourceType.values())
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, type -> type));

  private Types() {}

  public static Optional<ResourceType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
