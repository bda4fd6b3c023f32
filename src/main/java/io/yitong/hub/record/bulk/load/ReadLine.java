package io.yitong.hub.record.bulk.load;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.bulk.StoredTypes;
import io.yitong.hub.record.bulk.load.ImportOrder.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Makes of a line the resource to be written, as its sender might write it by PUT: the same checks,
 * the same rights, and none more.
 */
final class ReadLine {

  private final AccessRules rules;
  private final Caller caller;
  private final List<Input> inputs;
  private final Map<ResourceType, WriteContext> contexts = new ConcurrentHashMap<>();

  ReadLine(AccessRules rules, Caller caller, List<Input> inputs) {
    this.rules = rules;
    this.caller = caller;
    this.inputs = inputs;
  }

  /**
   * A line as a resource.
   *
   * @param references to resources of this hub
   */
  record Readable(
      Line line,
      ResourceKey key,
      ResourceDraft draft,
      Set<ResourceKey> references,
      WriteContext context) {

    /** For another try: write steps change what they are given. */
    Readable copy() {
      return new Readable(line, key, draft.copy(), references, context);
    }
  }

  /**
   * @throws HubException why it cannot be written
   */
  Readable read(Line line) {
    if (line.length() > Line.LONGEST) {
      throw new HubException(ErrorCode.REQUEST_TOO_LARGE, "", Integer.toString(Line.LONGEST));
    }
    var json = ResourceJson.read(line.json());
    requireType(json.type(), inputs.get(line.input()));
    var id =
        json.id()
            .orElseThrow(() -> new HubException(ErrorCode.IMPORT_ID_MISSING, json.type() + ".id"));
    if (!ResourceKey.isId(id)) {
      throw new HubException(ErrorCode.RESOURCE_ID_INVALID, json.type() + ".id", id);
    }
    return new Readable(
        line,
        new ResourceKey(json.type(), id),
        ResourceDraft.of(json),
        references(json),
        contexts.computeIfAbsent(json.type(), this::context));
  }

  private static void requireType(ResourceType type, Input input) {
    if (!StoredTypes.contains(type)) {
      throw new HubException(ErrorCode.RESOURCE_TYPE_UNKNOWN, "resourceType", type.name());
    }
    if (input.type() != null && !input.type().equals(type.name())) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED, "resourceType", type.name(), input.type());
    }
  }

  private WriteContext context(ResourceType type) {
    rules.writing(caller, type, Permission.CREATE);
    return rules.writing(caller, type, Permission.UPDATE);
  }

  private static Set<ResourceKey> references(ResourceJson json) {
    var literals = json.references();
    for (var literal : literals) {
      if (literal.startsWith("urn:uuid:") || literal.startsWith("urn:oid:")) {
        throw new HubException(ErrorCode.REFERENCE_UNRESOLVED, "", literal);
      }
    }
    return literals.stream()
        .flatMap(literal -> ResourceKey.ofReference(literal).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
