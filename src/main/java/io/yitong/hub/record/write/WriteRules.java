package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.visibility.Visibility;
import io.yitong.hub.record.write.Written.Effect;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** Whether a write takes effect on what is stored, and which. */
final class WriteRules {
  /** The hub's own whoever caused them: a person is no institution's. */
  private static final Set<ResourceType> THE_HUBS_OWN = Set.of(ResourceType.Person);

  private WriteRules() {}

  static Effect put(Draft draft, Optional<CurrentRow> current, WriteContext context) {
    current.ifPresent(row -> mayReplace(row, draft.byStep(), context));
    expects(draft.key(), draft.expected(), current);
    if (current.isEmpty()) {
      return Effect.CREATED;
    }
    var row = current.get();
    if (isOlder(context, row)) {
      return Effect.OUTDATED;
    }
    if (!row.deleted() && row.digest().equals(draft.digest())) {
      return Effect.UNCHANGED;
    }
    return row.deleted() ? Effect.CREATED : Effect.UPDATED;
  }

  static Effect delete(Intent.Delete intent, Optional<CurrentRow> current, WriteContext context) {
    if (current.isEmpty() && isLimited(context)) {
      throw absent(intent.key(), context);
    }
    current.ifPresent(row -> mayReplace(row, false, context));
    expects(intent.key(), intent.expected(), current);
    if (current.isEmpty() || current.get().deleted()) {
      return Effect.UNCHANGED;
    }
    return isOlder(context, current.get()) ? Effect.OUTDATED : Effect.DELETED;
  }

  /** The owner of a resource that did not exist before. */
  static Optional<String> owner(ResourceKey key, WriteContext context) {
    return THE_HUBS_OWN.contains(key.type())
        ? Optional.empty()
        : context.institution().map(Object::toString);
  }

  /**
   * Equal content that is known to hold for longer: the time must move on, or a message between the
   * two would pass for the newest. Reference data is spared: every message of an institution names
   * its Organization, and all would wait for that one row.
   */
  static boolean movesTime(Effect effect, CurrentRow row, WriteContext context) {
    return effect == Effect.UNCHANGED
        && !Visibility.REFERENCE_DATA.contains(row.key().type())
        && row.owner().isPresent()
        && context.asOf().isPresent()
        && row.asOf().map(was -> was.isBefore(context.asOf().get())).orElse(true);
  }

  private static boolean isOlder(WriteContext context, CurrentRow row) {
    return row.owner().isPresent()
        && context.asOf().isPresent()
        && row.asOf().isPresent()
        && context.asOf().get().isBefore(row.asOf().get());
  }

  /**
   * @throws HubException VERSION_CONFLICT, RESOURCE_EXISTS
   */
  static void expects(ResourceKey key, Optional<Integer> expected, Optional<CurrentRow> current) {
    var version = current.filter(row -> !row.deleted()).map(CurrentRow::version).orElse(0);
    if (expected.isEmpty() || expected.get().equals(version)) {
      return;
    }
    throw expected.get() == 0
        ? new HubException(ErrorCode.RESOURCE_EXISTS, "If-None-Match", key.reference())
        : new HubException(
            ErrorCode.VERSION_CONFLICT, "If-Match", expected.get().toString(), version.toString());
  }

  /** What is not there, and what the writer may not know of, are refused in the same words. */
  static HubException absent(ResourceKey key, WriteContext context) {
    return isLimited(context)
        ? new HubException(ErrorCode.NOT_PERMITTED, "")
        : new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", key.reference());
  }

  private static boolean isLimited(WriteContext context) {
    return !(context.limits().findable().reach() instanceof Everything);
  }

  private static boolean isTold(CurrentRow row, WriteContext context) {
    return row.visible() && context.limits().findable().types().contains(row.key().type());
  }

  /**
   * @param byStep whether a write step does it, on the hub's authority
   * @throws HubException OTHER_INSTITUTIONS_DATA; NOT_PERMITTED of a row the writer may not see
   */
  static void mayReplace(CurrentRow row, boolean byStep, WriteContext context) {
    var caller = context.caller();
    if (byStep || caller.is(Role.HUB)) {
      return;
    }
    var allowed =
        context
            .institution()
            .map(
                own ->
                    row.owner().filter(own.urn()::equals).isPresent()
                        || row.key().equals(new ResourceKey(ResourceType.Organization, own.name())))
            .orElseGet(
                () ->
                    row.owner().isEmpty() || Visibility.REFERENCE_DATA.contains(row.key().type()));
    if (!allowed && !isTold(row, context)) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    if (!allowed) {
      throw new HubException(
          ErrorCode.OTHER_INSTITUTIONS_DATA,
          row.key().type().name(),
          context.institution().map(Object::toString).orElse(caller.client()));
    }
  }
}
