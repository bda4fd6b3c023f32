package io.yitong.hub.api.bundle;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.interaction.InvokeOperation;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.api.patch.Patches;
import io.yitong.hub.fhir.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/** Runs one entry of a batch as the interaction its method and url name, recorded as itself. */
@ApplicationScoped
class RunEntry {
  private final Recorded recorded;
  private final ReadEntry reads;
  private final WriteInteractions write;
  private final InvokeOperation operations;

  RunEntry(
      Recorded recorded, ReadEntry reads, WriteInteractions write, InvokeOperation operations) {
    this.recorded = recorded;
    this.reads = reads;
    this.write = write;
    this.operations = operations;
  }

  Answer run(BundleEntry entry) {
    return switch (entry.method()) {
      case "GET", "HEAD" ->
          recorded.reading(ReadEntry.interaction(entry), caller -> reads.read(caller, entry));
      case "POST" ->
          isOperation(entry)
              ? operation(entry)
              : writing('C', "create", entry, caller -> create(caller, entry));
      case "PUT" -> writing('U', "update", entry, caller -> update(caller, entry));
      case "PATCH" -> writing('U', "patch", entry, caller -> patch(caller, entry));
      case "DELETE" -> writing('D', "delete", entry, caller -> delete(caller, entry));
      default ->
          writing(
              'E',
              "batch",
              entry,
              caller -> {
                throw entry.invalid("request.method " + entry.method());
              });
    };
  }

  private Answer writing(
      char action, String name, BundleEntry entry, Function<Caller, Answer> work) {
    return recorded.writing(new Interaction(action, name, entry.what(), entry.query().raw()), work);
  }

  private static boolean isOperation(BundleEntry entry) {
    return entry.path().get(entry.path().size() - 1).startsWith("$");
  }

  private Answer operation(BundleEntry entry) {
    var path = entry.path();
    return operations.post(
        path.get(path.size() - 1).substring(1),
        path.size() > 1 ? Optional.of(path.get(0)) : Optional.empty(),
        path.size() > 2 ? Optional.of(path.get(1)) : Optional.empty(),
        entry.query().byName(),
        entry.resource().map(resource -> resource.bytes()).orElse(new byte[0]));
  }

  private Answer create(Caller caller, BundleEntry entry) {
    if (entry.namesInstance()) {
      throw entry.invalid("request.url");
    }
    return write.create(caller, entry.resourceOf(entry.type()), entry.ifNoneExist());
  }

  private Answer update(Caller caller, BundleEntry entry) {
    var resource = entry.resourceOf(entry.type());
    return entry.namesInstance()
        ? write.update(caller, entry.key(), resource, entry.expected())
        : write.updateWhere(caller, entry.type(), entry.criterion(), resource, entry.expected());
  }

  private Answer patch(Caller caller, BundleEntry entry) {
    var change = Patches.of(entry.resourceSent());
    return entry.namesInstance()
        ? write.patch(caller, entry.key(), change, entry.expected())
        : write.patchWhere(caller, entry.type(), entry.criterion(), change, entry.expected());
  }

  private Answer delete(Caller caller, BundleEntry entry) {
    return entry.namesInstance()
        ? write.delete(caller, entry.key(), entry.expected())
        : write.deleteWhere(caller, entry.type(), entry.criterion(), entry.expected());
  }
}
