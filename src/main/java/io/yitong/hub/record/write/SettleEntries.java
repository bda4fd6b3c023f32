package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.visibility.Visibility;
import io.yitong.hub.record.write.TransactionEntry.Delete;
import io.yitong.hub.record.write.TransactionEntry.DeleteIf;
import io.yitong.hub.record.write.TransactionEntry.Patch;
import io.yitong.hub.record.write.TransactionEntry.PatchIf;
import io.yitong.hub.record.write.TransactionEntry.Post;
import io.yitong.hub.record.write.TransactionEntry.PostIf;
import io.yitong.hub.record.write.TransactionEntry.Put;
import io.yitong.hub.record.write.TransactionEntry.PutIf;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Settles the ids of a transaction's entries: criteria looked up, new ids given, references between
 * entries and by criterion replaced.
 */
@ApplicationScoped
class SettleEntries {
  private final FindMatches matches;
  private final SettlePatches patches;
  private final SettleDeletions deletions;

  SettleEntries(FindMatches matches, SettlePatches patches, SettleDeletions deletions) {
    this.matches = matches;
    this.patches = patches;
    this.deletions = deletions;
  }

  /**
   * What the entries before have settled. Deletions go first (FHIR R4, 3.1.0.11.2): no criterion
   * finds what they remove.
   *
   * @param deleted ids
   * @param created by criterion
   */
  private record Done(List<String> deleted, Map<String, Intent.Put> created) {}

  /**
   * @param entries in the order in which they are to be processed
   */
  List<Intent> settle(List<TransactionEntry> entries, WriteContext context, Connection connection) {
    lockCriteria(entries, context, connection);
    patches.lock(entries, context, connection);
    var done = new Done(new ArrayList<>(), new HashMap<>());
    var intents = new ArrayList<Intent>(entries.size());
    var idByFullUrl = new HashMap<String, ResourceKey>();
    for (var entry : entries) {
      var intent = intent(entry, done, context, connection);
      intent.deletions().forEach(deletion -> done.deleted().add(deletion.key().id()));
      intents.add(intent);
      if (!entry.fullUrl().isEmpty()) {
        idByFullUrl.put(entry.fullUrl(), intent.key());
      }
    }
    if (mayReferByOtherThanId(entries, context)) {
      for (var intent : intents) {
        if (intent instanceof Intent.Put put) {
          put.resource()
              .replaceReferences(
                  literal ->
                      settled(literal, idByFullUrl, context, connection)
                          .map(ResourceKey::reference));
        }
      }
    }
    return intents;
  }

  private Intent intent(
      TransactionEntry entry, Done done, WriteContext context, Connection connection) {
    var request = entry.request();
    var among = own(context, done.deleted());
    if (request instanceof Put put) {
      return Intent.Put.of(put.key(), put.resource(), put.expected());
    }
    if (request instanceof Post post) {
      return Intent.Put.fresh(post.resource());
    }
    if (request instanceof PostIf post) {
      return creationIf(post, done, among, context, connection);
    }
    if (request instanceof PutIf put) {
      return matches
          .only(put.type(), put.criterion(), among, context, connection)
          .map(found -> update(put, found))
          .orElseGet(
              () -> {
                var id = put.resource().id().filter(own -> !own.startsWith("urn:"));
                return id.isEmpty()
                    ? created(put)
                    : Intent.Put.of(
                        new ResourceKey(put.type(), id.get()), put.resource(), put.expected());
              });
    }
    if (request instanceof Delete delete) {
      return new Intent.Delete(delete.key(), delete.expected());
    }
    if (request instanceof DeleteIf delete) {
      return deletions.settle(delete, among, context, connection);
    }
    if (request instanceof Patch patch) {
      return patches.settle(patch, context, connection);
    }
    if (request instanceof PatchIf patch) {
      var found =
          matches
              .only(patch.type(), patch.criterion(), among, context, connection)
              .orElseThrow(
                  () ->
                      new HubException(
                          ErrorCode.RESOURCE_NOT_FOUND,
                          "",
                          patch.type() + "?" + patch.criterion()));
      var one = new Patch(found.key(), patch.expected(), patch.change());
      patches.lock(List.of(new TransactionEntry(entry.number(), "", one)), context, connection);
      return patches.settle(one, context, connection);
    }
    throw new IllegalStateException("no request " + request);
  }

  /** Entries of one criterion create one resource. */
  private Intent creationIf(
      PostIf post, Done done, Sql among, WriteContext context, Connection connection) {
    var found = matches.only(post.resource().type(), post.criterion(), among, context, connection);
    if (found.isPresent()) {
      return new Intent.Found(found.get());
    }
    var criterion = normalised(post.resource().type(), post.criterion());
    var first = done.created().get(criterion);
    if (first != null) {
      return new Intent.Again(first);
    }
    var creation = Intent.Put.fresh(post.resource());
    done.created().put(criterion, creation);
    return creation;
  }

  private static Intent update(PutIf put, StoredResource found) {
    var id = put.resource().id().filter(own -> !own.startsWith("urn:"));
    if (id.isPresent() && !id.get().equals(found.key().id())) {
      throw new HubException(
          ErrorCode.RESOURCE_ID_MISMATCH, put.type() + ".id", id.get(), found.key().id());
    }
    return Intent.Put.of(found.key(), put.resource(), put.expected());
  }

  private static Intent.Put created(PutIf put) {
    put.expected()
        .ifPresent(
            version ->
                WriteRules.expects(
                    new ResourceKey(put.type(), ""), Optional.of(version), Optional.empty()));
    return Intent.Put.fresh(put.resource());
  }

  /** A criterion is looked up among what the writer could overwrite: its own institution's data. */
  private static Sql own(WriteContext context, List<String> deleted) {
    var own =
        context
            .institution()
            .map(institution -> Sql.of("r.owner = ?", institution.urn()))
            .orElseGet(() -> Sql.of("true"));
    return deleted.isEmpty()
        ? own
        : own.add(" and r.fhir_id <> all(?)", (Object) deleted.toArray(String[]::new));
  }

  /**
   * Writers with the same criterion wait for each other, so that the second finds what the first
   * made.
   */
  private static void lockCriteria(
      List<TransactionEntry> entries, WriteContext context, Connection connection) {
    var owner = context.institution().map(Object::toString).orElse("");
    var locks =
        entries.stream()
            .flatMap(entry -> criterion(entry).stream())
            .mapToLong(criterion -> Keys.of(owner + "\u0001" + criterion))
            .sorted()
            .distinct()
            .toArray();
    if (locks.length > 0) {
      Sql.of(
              "select pg_advisory_xact_lock(k) from (select k from unnest(?) k order by k) sorted",
              (Object) locks)
          .query(connection, row -> true);
    }
  }

  /** The same criterion however it is written down. */
  private static Optional<String> criterion(TransactionEntry entry) {
    var request = entry.request();
    if (request instanceof PostIf post) {
      return Optional.of(normalised(post.resource().type(), post.criterion()));
    }
    if (request instanceof PutIf put) {
      return Optional.of(normalised(put.type(), put.criterion()));
    }
    return Optional.empty();
  }

  private static String normalised(ResourceType type, String criterion) {
    var parts =
        SearchQuery.parse(type, criterion).criteria().stream()
            .map(Object::toString)
            .sorted()
            .toList();
    return type + "?" + parts;
  }

  /** Feeds write by their own ids only; walking every resource for references is spared then. */
  private static boolean mayReferByOtherThanId(
      List<TransactionEntry> entries, WriteContext context) {
    return context.asOf().isEmpty()
        || entries.stream()
            .anyMatch(
                entry ->
                    entry.fullUrl().startsWith("urn:")
                        || !(entry.request() instanceof Put || entry.request() instanceof Delete));
  }

  /** References between entries and by criterion become those to what is stored. */
  private Optional<ResourceKey> settled(
      String literal,
      Map<String, ResourceKey> idByFullUrl,
      WriteContext context,
      Connection connection) {
    var within = idByFullUrl.get(literal);
    if (within != null) {
      return Optional.of(within);
    }
    return literal.indexOf('?') > 0 && !literal.contains("://")
        ? Optional.of(byCriterion(literal, context, connection))
        : Optional.empty();
  }

  private ResourceKey byCriterion(String literal, WriteContext context, Connection connection) {
    var question = literal.indexOf('?');
    var name = literal.substring(0, question);
    var type =
        Stream.of(ResourceType.values())
            .filter(t -> t.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new HubException(ErrorCode.REFERENCE_UNRESOLVED, literal, literal));
    return matches
        .only(type, literal.substring(question + 1), reach(context), context, connection)
        .map(StoredResource::key)
        .orElseThrow(() -> new HubException(ErrorCode.REFERENCE_UNRESOLVED, literal, literal));
  }

  private static Sql reach(WriteContext context) {
    return Visibility.of(context.limits().referable(), "r");
  }
}
