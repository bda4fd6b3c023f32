package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.ResourceJson;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** Types and ids as they stand in addresses. */
public final class ResourceNames {
  /**
   * Messages rather than records, or, for AuditEvent, kept by {@code access} and written by nobody.
   */
  private static final Set<ResourceType> NOT_STORED =
      EnumSet.of(
          ResourceType.AuditEvent,
          ResourceType.Binary,
          ResourceType.OperationOutcome,
          ResourceType.Parameters);

  private static final Map<String, ResourceType> STORED =
      Arrays.stream(ResourceType.values())
          .filter(type -> !NOT_STORED.contains(type))
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, Function.identity()));

  private ResourceNames() {}

  public static Set<ResourceType> stored() {
    return EnumSet.complementOf(EnumSet.copyOf(NOT_STORED));
  }

  public static ResourceType type(String name) {
    var type = STORED.get(name);
    if (type == null) {
      throw new HubException(ErrorCode.RESOURCE_TYPE_UNKNOWN, "", name);
    }
    return type;
  }

  public static ResourceKey key(String type, String id) {
    var known = type(type);
    if (!ResourceKey.isId(id)) {
      throw new HubException(ErrorCode.RESOURCE_ID_INVALID, "", id);
    }
    return new ResourceKey(known, id);
  }

  /**
   * @param json what was sent where a resource of the type belongs
   */
  public static ResourceJson read(byte[] json, ResourceType type) {
    return expected(ResourceJson.read(json), type);
  }

  public static ResourceJson expected(ResourceJson resource, ResourceType type) {
    if (resource.type() != type) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED, "resourceType", resource.type(), type.name());
    }
    return resource;
  }
}
