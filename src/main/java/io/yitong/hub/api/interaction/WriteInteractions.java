package io.yitong.hub.api.interaction;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.write.TransactionEntry;
import io.yitong.hub.record.write.TransactionEntry.Change;
import io.yitong.hub.record.write.TransactionEntry.Delete;
import io.yitong.hub.record.write.TransactionEntry.DeleteIf;
import io.yitong.hub.record.write.TransactionEntry.Patch;
import io.yitong.hub.record.write.TransactionEntry.PatchIf;
import io.yitong.hub.record.write.TransactionEntry.Post;
import io.yitong.hub.record.write.TransactionEntry.PostIf;
import io.yitong.hub.record.write.TransactionEntry.Put;
import io.yitong.hub.record.write.TransactionEntry.PutIf;
import io.yitong.hub.record.write.TransactionEntry.Request;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * create, update, patch, delete and their conditional forms (FHIR R4, 3.1.0), inside a transaction.
 * What is written may be used for one try only.
 */
@ApplicationScoped
public class WriteInteractions {
  private final AccessRules rules;
  private final WriteResources write;
  private final ReadResource read;

  WriteInteractions(AccessRules rules, WriteResources write, ReadResource read) {
    this.rules = rules;
    this.write = write;
    this.read = read;
  }

  /**
   * @param ifNoneExist criterion; empty for an unconditional create
   */
  public Answer create(Caller caller, ResourceJson resource, String ifNoneExist) {
    var context = rules.writing(caller, resource.type(), Permission.CREATE);
    var draft = ResourceDraft.of(resource);
    return one(
        caller, context, ifNoneExist.isBlank() ? new Post(draft) : new PostIf(draft, ifNoneExist));
  }

  /**
   * @param expected If-Match; 0 when there must be none
   */
  public Answer update(
      Caller caller, ResourceKey key, ResourceJson resource, Optional<Integer> expected) {
    var context = rules.writing(caller, key.type(), Permission.UPDATE);
    var own = resource.id().orElse("-");
    if (!own.equals(key.id())) {
      throw new HubException(ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", own, key.id());
    }
    return one(caller, context, new Put(key, ResourceDraft.of(resource), expected));
  }

  public Answer updateWhere(
      Caller caller,
      ResourceType type,
      String criterion,
      ResourceJson resource,
      Optional<Integer> expected) {
    var context = rules.writing(caller, type, Permission.UPDATE);
    return one(caller, context, new PutIf(type, criterion, ResourceDraft.of(resource), expected));
  }

  public Answer patch(Caller caller, ResourceKey key, Change change, Optional<Integer> expected) {
    var context = rules.writing(caller, key.type(), Permission.UPDATE);
    return one(caller, context, new Patch(key, expected, change));
  }

  public Answer patchWhere(
      Caller caller,
      ResourceType type,
      String criterion,
      Change change,
      Optional<Integer> expected) {
    var context = rules.writing(caller, type, Permission.UPDATE);
    return one(caller, context, new PatchIf(type, criterion, expected, change));
  }

  public Answer delete(Caller caller, ResourceKey key, Optional<Integer> expected) {
    var context = rules.writing(caller, key.type(), Permission.DELETE);
    return one(caller, context, new Delete(key, expected));
  }

  public Answer deleteWhere(
      Caller caller, ResourceType type, String criterion, Optional<Integer> expected) {
    var context = rules.writing(caller, type, Permission.DELETE);
    return one(caller, context, new DeleteIf(type, criterion, expected));
  }

  /**
   * All entries in the given context.
   *
   * @param entries in the order in which they are to be processed
   * @return one answer per entry
   */
  public List<Answer> transaction(
      Caller caller, List<TransactionEntry> entries, WriteContext context) {
    var written = write.entries(entries, context);
    var unchanged = new TreeSet<ResourceKey>();
    for (var i = 0; i < entries.size(); i++) {
      if (!deletes(entries.get(i)) && written.get(i).resource().isEmpty()) {
        unchanged.add(written.get(i).key());
      }
    }
    var stored = read.current(unchanged, ReadFilter.everything());
    var answers = new ArrayList<Answer>(entries.size());
    for (var i = 0; i < entries.size(); i++) {
      var result = written.get(i);
      answers.add(
          deletes(entries.get(i))
              ? Answer.deleted(result)
              : stored(
                  caller, result, result.resource().orElseGet(() -> stored.get(result.key()))));
    }
    return answers;
  }

  private static boolean deletes(TransactionEntry entry) {
    return entry.request() instanceof Delete || entry.request() instanceof DeleteIf;
  }

  private Answer one(Caller caller, WriteContext context, Request request) {
    return transaction(caller, List.of(new TransactionEntry(0, "", request)), context).get(0);
  }

  /** An update that turns out to create needs the permission to create as well. */
  private Answer stored(Caller caller, Written written, StoredResource resource) {
    var created = written.effect() == Effect.CREATED;
    if (created) {
      rules.writing(caller, written.key().type(), Permission.CREATE);
    }
    return Answer.of(written, created ? 201 : 200, resource);
  }
}
