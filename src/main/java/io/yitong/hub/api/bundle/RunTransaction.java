package io.yitong.hub.api.bundle;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.Preferences;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.ResourceJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** transaction (FHIR R4, 3.1.0.11.2): all entries or none; reads see what was written. */
@ApplicationScoped
class RunTransaction {
  private final AccessRules rules;
  private final WriteInteractions write;
  private final ReadEntry reads;
  private final HubAddress address;

  RunTransaction(AccessRules rules, WriteInteractions write, ReadEntry reads, HubAddress address) {
    this.rules = rules;
    this.write = write;
    this.reads = reads;
    this.address = address;
  }

  /**
   * @return one answer per entry
   */
  List<Answer> run(Caller caller, ResourceJson bundle, Preferences preferences) {
    var type = bundle.root().value("type").orElse("-");
    if (!type.equals("transaction")) {
      throw new HubException(ErrorCode.BUNDLE_NOT_TRANSACTION, "Bundle.type", type);
    }
    var entries = BundleEntry.of(bundle, address.base());
    RunBundle.requireFew(entries);
    var written = write(caller, entries);
    return entries.stream()
        .map(
            entry ->
                entry.isRead()
                    ? reads.read(caller, entry)
                    : written.get(entry.number()).as(preferences.inBundle()))
        .toList();
  }

  /** Answers by number of the entry. */
  private Map<Integer, Answer> write(Caller caller, List<BundleEntry> all) {
    var entries =
        all.stream()
            .filter(entry -> !entry.isRead())
            .sorted(Comparator.comparingInt(WriteEntry::order))
            .toList();
    var byNumber = new HashMap<Integer, Answer>();
    if (entries.isEmpty()) {
      return byNumber;
    }
    var requests = entries.stream().map(WriteEntry::of).toList();
    var answers = write.transaction(caller, requests, context(caller, entries)).iterator();
    entries.forEach(entry -> byNumber.put(entry.number(), answers.next()));
    return byNumber;
  }

  /** One owner for all: whose data the first entry is, the others must be too. */
  private WriteContext context(Caller caller, List<BundleEntry> writes) {
    Optional<WriteContext> common = Optional.empty();
    for (var entry : writes) {
      var context = rules.writing(caller, entry.type(), WriteEntry.permission(entry));
      if (common.filter(c -> !c.institution().equals(context.institution())).isPresent()) {
        throw new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      common = Optional.of(context);
    }
    return common.orElseThrow();
  }
}
