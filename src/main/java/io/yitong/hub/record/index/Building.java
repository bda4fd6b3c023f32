package io.yitong.hub.record.index;

import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;

/** How far the parameters are that are defined and cannot be asked for yet. */
public final class Building {
  private static volatile Map<ResourceType, Map<String, String>> progress = Map.of();

  private Building() {}

  /**
   * @param byTypeAndName in words, for the caller who asks too early
   */
  public static void tell(Map<ResourceType, Map<String, String>> byTypeAndName) {
    progress = Map.copyOf(byTypeAndName);
  }

  /** Empty for a parameter that is complete or does not exist. */
  public static Optional<String> progress(ResourceType type, String name) {
    return Optional.ofNullable(progress.getOrDefault(type, Map.of()).get(name))
        .or(() -> IndexRules.progress(type, name));
  }
}
