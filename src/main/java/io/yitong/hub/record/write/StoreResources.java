package io.yitong.hub.record.write;

import io.quarkus.arc.All;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Stores what the entries of one write want, inside a transaction that is under way. */
@ApplicationScoped
class StoreResources {
  private final List<WriteStep> steps;
  private final WriteRows rows;
  private final Clock clock;

  StoreResources(@All List<WriteStep> steps, WriteRows rows, Clock clock) {
    this.steps = steps.stream().sorted(Comparator.comparingInt(WriteStep::order)).toList();
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * @return one per intent, in order; what steps added is written without a mention
   */
  List<Written> store(List<Intent> intents, WriteContext context, Connection connection) {
    refuseRepetition(intents.stream().flatMap(Intent::writes));
    var drafts = drafts(intents, context);
    refuseRepetition(drafts.stream().map(Draft::key));
    var deletions = intents.stream().flatMap(Intent::deletions).toList();
    var decided = decide(drafts, deletions, context, connection);
    var scopes = new WithinScopes(decided, context);
    scopes.requireBefore(connection);
    var made = rows.write(decided, missing(decided, context, connection), context, connection);
    scopes.requireAfter(connection);
    var written =
        new HashMap<>(
            decided.written().stream().collect(Collectors.toMap(Written::key, result -> result)));
    made.forEach(
        row ->
            written.computeIfPresent(
                row.key(), (key, result) -> result.with(row.content(), row.patient())));
    return intents.stream().map(intent -> result(intent, written)).toList();
  }

  private static Written result(Intent intent, Map<ResourceKey, Written> written) {
    if (intent instanceof Intent.Found found) {
      var resource = found.resource();
      return new Written(
          resource.key(),
          Effect.UNCHANGED,
          resource.version(),
          resource.lastUpdated(),
          Optional.of(resource),
          List.of());
    }
    if (intent instanceof Intent.DeleteAll all) {
      return removed(all, written);
    }
    var result = written.get(intent.key());
    return intent instanceof Intent.Again
        ? new Written(result.key(), Effect.UNCHANGED, result.version(), result.lastUpdated())
        : result;
  }

  private static Written removed(Intent.DeleteAll all, Map<ResourceKey, Written> written) {
    var each = all.each().stream().map(delete -> written.get(delete.key())).toList();
    if (each.size() == 1) {
      return each.get(0);
    }
    var effect = each.isEmpty() ? Effect.UNCHANGED : Effect.DELETED;
    var at = each.stream().map(Written::lastUpdated).findFirst().orElse(Instant.EPOCH);
    return new Written(all.key(), effect, 0, at)
        .removing(each.stream().flatMap(one -> one.removed().stream()).toList());
  }

  private List<Draft> drafts(List<Intent> intents, WriteContext context) {
    var puts = new LinkedHashMap<ResourceDraft, Intent.Put>();
    for (var intent : intents) {
      if (intent instanceof Intent.Put put) {
        puts.put(put.resource(), put);
      }
    }
    var batch = new WriteBatch(context, puts.keySet());
    if (!puts.isEmpty()) {
      steps.forEach(step -> step.before(batch));
    }
    var drafts = new ArrayList<Draft>(batch.drafts().size());
    for (var resource : batch.drafts()) {
      var put = Optional.ofNullable(puts.get(resource));
      drafts.add(
          Draft.of(
              new ResourceKey(resource.type(), resource.id().orElseThrow()),
              resource.text(),
              put,
              context.source()));
    }
    return drafts;
  }

  private static void refuseRepetition(java.util.stream.Stream<ResourceKey> keys) {
    var seen = new HashSet<ResourceKey>();
    keys.forEach(
        key -> {
          if (!seen.add(key)) {
            throw new HubException(
                ErrorCode.DUPLICATE_IN_TRANSACTION, key.type().name(), key.reference());
          }
        });
  }

  /**
   * One row is locked at once. Of several the current rows are read without a lock first: most of
   * what a feed sends is new, or is known and unchanged (its Organization), and such rows need not
   * be waited for. Those to be changed are then locked and judged again.
   */
  private Decided decide(
      List<Draft> drafts,
      List<Intent.Delete> deletions,
      WriteContext context,
      Connection connection) {
    var keys = new TreeSet<ResourceKey>();
    drafts.stream().filter(draft -> !draft.fresh()).forEach(draft -> keys.add(draft.key()));
    deletions.forEach(deletion -> keys.add(deletion.key()));
    if (keys.isEmpty()) {
      return judge(drafts, deletions, Map.of(), context);
    }
    var reader = context.limits().findable();
    if (keys.size() == 1) {
      return judge(drafts, deletions, CurrentRow.lock(keys, reader, connection), context);
    }
    var current = new HashMap<>(CurrentRow.find(keys, reader, connection));
    var first = judge(drafts, deletions, current, context);
    var toLock = first.keysToChange();
    if (toLock.isEmpty()) {
      return first;
    }
    current.putAll(CurrentRow.lock(toLock, reader, connection));
    return judge(drafts, deletions, current, context);
  }

  private Decided judge(
      List<Draft> drafts,
      List<Intent.Delete> deletions,
      Map<ResourceKey, CurrentRow> current,
      WriteContext context) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var puts = new ArrayList<Decided.Put>(drafts.size());
    for (var draft : drafts) {
      var row = Optional.ofNullable(current.get(draft.key()));
      var effect = WriteRules.put(draft, row, context);
      var time = row.isPresent() && WriteRules.movesTime(effect, row.get(), context);
      puts.add(new Decided.Put(draft, row, written(draft.key(), effect, row, now), time));
    }
    var removals = new ArrayList<Decided.Removal>(deletions.size());
    for (var deletion : deletions) {
      var row = Optional.ofNullable(current.get(deletion.key()));
      var effect = WriteRules.delete(deletion, row, context);
      var removed =
          row.filter(there -> effect == Effect.DELETED)
              .map(there -> new Written.Removed(there.key(), there.patient()));
      removals.add(
          new Decided.Removal(
              row, written(deletion.key(), effect, row, now).removing(removed.stream().toList())));
    }
    return new Decided(puts, removals);
  }

  private static Written written(
      ResourceKey key, Effect effect, Optional<CurrentRow> row, Instant now) {
    var version = row.map(CurrentRow::version).orElse(0);
    return switch (effect) {
      case CREATED, UPDATED, DELETED -> new Written(key, effect, version + 1, now);
      case UNCHANGED, OUTDATED ->
          new Written(key, effect, version, row.map(CurrentRow::lastUpdated).orElse(now));
    };
  }

  /**
   * Asked for with the writing itself, unless there are many: one way to the database and back the
   * less. What was written is rolled back with the refusal.
   */
  private static Optional<Sql> missing(
      Decided decided, WriteContext context, Connection connection) {
    var elsewhere = ReferredTo.elsewhere(decided);
    if (elsewhere.isEmpty()) {
      return Optional.empty();
    }
    var missing = ReferredTo.missing(elsewhere, context);
    if (ReferredTo.areFew(elsewhere)) {
      return Optional.of(missing);
    }
    ReferredTo.refuse(missing.query(connection, ReferredTo::key));
    return Optional.empty();
  }
}
