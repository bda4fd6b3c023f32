package io.yitong.hub.record.bulk;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** Types of which resources are stored: not messages, nor what {@code access} keeps itself. */
public final class StoredTypes {
  private static final Set<ResourceType> NOT_STORED =
      Set.of(
          ResourceType.AuditEvent,
          ResourceType.Binary,
          ResourceType.OperationOutcome,
          ResourceType.Parameters);

  private static final Map<String, ResourceType> BY_NAME =
      Arrays.stream(ResourceType.values())
          .filter(type -> !NOT_STORED.contains(type))
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, Function.identity()));

  private StoredTypes() {}

  public static Set<ResourceType> all() {
    return Set.copyOf(BY_NAME.values());
  }

  public static Optional<ResourceType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static boolean contains(ResourceType type) {
    return !NOT_STORED.contains(type);
  }
}
