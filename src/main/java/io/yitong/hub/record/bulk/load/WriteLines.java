package io.yitong.hub.record.bulk.load;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.load.ImportLedger.Counts;
import io.yitong.hub.record.bulk.load.ImportLedger.Unwritten;
import io.yitong.hub.record.bulk.load.ReadLine.Readable;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes lines, many in one transaction together with what became of them. A line that refers to
 * what is not there is put aside; a line that spoils a transaction is found by halving and refused
 * alone.
 */
@ApplicationScoped
class WriteLines {
  /** SQLSTATE classes of what lies in the data: no other try will fare better. */
  private static final Set<String> OF_THE_DATA = Set.of("22", "23", "54");

  private final RetriedTransaction transactions;
  private final WriteResources write;
  private final ImportLedger ledger;

  WriteLines(RetriedTransaction transactions, WriteResources write, ImportLedger ledger) {
    this.transactions = transactions;
    this.write = write;
    this.ledger = ledger;
  }

  /**
   * @param again whether they were put aside before
   * @param done what is to be done in the transaction of the last of them
   */
  Counts write(UUID job, List<Readable> lines, boolean again, Consumer<Counts> done) {
    if (lines.isEmpty()) {
      return transactions.call(() -> finish(Counts.NONE, done));
    }
    try {
      var first = new boolean[] {true};
      return transactions.call(
          () -> {
            var own = first[0] ? lines : lines.stream().map(Readable::copy).toList();
            first[0] = false;
            return finish(attempt(job, own, again), done);
          });
    } catch (RuntimeException e) {
      if (!liesInTheData(e)) {
        throw e instanceof HubException ? new IllegalStateException(e) : e;
      }
      return apart(job, lines.stream().map(Readable::copy).toList(), again, done, e);
    }
  }

  private static Counts finish(Counts counts, Consumer<Counts> done) {
    done.accept(counts);
    return counts;
  }

  private Counts apart(
      UUID job, List<Readable> lines, boolean again, Consumer<Counts> done, RuntimeException e) {
    if (lines.size() == 1) {
      return transactions.call(
          () -> {
            ledger.unwritten(job, List.of(refused(lines.get(0).line(), why(e))));
            return finish(Counts.NONE, done);
          });
    }
    var middle = lines.size() / 2;
    var before = write(job, lines.subList(0, middle), again, counts -> {});
    return write(
            job,
            lines.subList(middle, lines.size()),
            again,
            counts -> done.accept(before.plus(counts)))
        .plus(before);
  }

  private Counts attempt(UUID job, List<Readable> lines, boolean again) {
    var counts = Counts.NONE;
    for (var group : withoutRepetition(lines)) {
      counts = counts.plus(group(job, group, again));
    }
    return counts;
  }

  private Counts group(UUID job, List<Readable> group, boolean again) {
    var missing = missing(group);
    var aside = new ArrayList<Unwritten>();
    var ready = new ArrayList<Readable>(group.size());
    for (var each : group) {
      each.references().stream()
          .filter(missing::contains)
          .min(ResourceKey::compareTo)
          .ifPresentOrElse(key -> aside.add(waiting(each.line(), key)), () -> ready.add(each));
    }
    ledger.unwritten(job, aside);
    if (ready.isEmpty()) {
      return Counts.NONE;
    }
    if (again) {
      ledger.written(job, ready.stream().map(Readable::line).toList());
    }
    var drafts = ready.stream().map(Readable::draft).toList();
    var created = 0;
    var unchanged = 0;
    for (var result : write.putAll(drafts, ready.get(0).context())) {
      created += result.effect() == Effect.CREATED ? 1 : 0;
      unchanged += result.effect() == Effect.UNCHANGED ? 1 : 0;
    }
    return new Counts(created, ready.size() - created - unchanged, unchanged);
  }

  /**
   * What lines refer to and is not there, nor about to be: who refers to a line that is put aside
   * has to wait too.
   */
  private Set<ResourceKey> missing(List<Readable> group) {
    var context = group.get(0).context();
    var here = new HashSet<ResourceKey>();
    var elsewhere = new HashSet<ResourceKey>();
    group.forEach(each -> here.add(each.key()));
    group.forEach(each -> elsewhere.addAll(each.references()));
    elsewhere.removeAll(here);
    var missing = new HashSet<>(write.missing(elsewhere, context));
    if (missing.isEmpty()) {
      return missing;
    }
    var asked = new HashSet<ResourceKey>();
    while (true) {
      var waiting = new HashSet<ResourceKey>();
      for (var each : group) {
        if (!asked.contains(each.key()) && each.references().stream().anyMatch(missing::contains)) {
          waiting.add(each.key());
        }
      }
      if (waiting.isEmpty()) {
        return missing;
      }
      asked.addAll(waiting);
      missing.addAll(write.missing(waiting, context));
    }
  }

  /** One after the other, no id twice in any, and all of one owner. */
  private static List<List<Readable>> withoutRepetition(List<Readable> lines) {
    var groups = new ArrayList<List<Readable>>();
    var group = new LinkedHashMap<ResourceKey, Readable>();
    for (var each : lines) {
      var other =
          !group.isEmpty() && !group.values().iterator().next().context().equals(each.context());
      if (other || group.containsKey(each.key())) {
        groups.add(List.copyOf(group.values()));
        group.clear();
      }
      group.put(each.key(), each);
    }
    groups.add(List.copyOf(group.values()));
    return groups;
  }

  private static boolean liesInTheData(RuntimeException e) {
    if (e instanceof HubException refusal) {
      return refusal.code().status() < 500;
    }
    if (e instanceof DatabaseFailure failure && failure.getCause() instanceof SQLException sql) {
      var state = String.valueOf(sql.getSQLState());
      return state.length() > 1 && OF_THE_DATA.contains(state.substring(0, 2));
    }
    return true;
  }

  private static HubException why(RuntimeException e) {
    return e instanceof HubException refusal
        ? refusal
        : new HubException(ErrorCode.RESOURCE_MALFORMED, "", String.valueOf(e.getMessage()));
  }

  private static Unwritten waiting(Line line, ResourceKey missing) {
    var why = new HubException(ErrorCode.REFERENCE_UNRESOLVED, "", missing.reference());
    return new Unwritten(line, true, outcome(line, why));
  }

  static Unwritten refused(Line line, HubException why) {
    return new Unwritten(line, false, outcome(line, why));
  }

  /** The error with the place of its line: {@code input[0] line 17}, counted from 1. */
  private static String outcome(Line line, HubException why) {
    var outcome = Outcomes.of(why);
    var issue = outcome.getIssueFirstRep();
    issue.addLocation("input[%d] line %d".formatted(line.input(), line.number()));
    issue.setDiagnostics("Line %d: %s".formatted(line.number(), why.english()));
    issue.getDetails().setText("第 %d 行：%s".formatted(line.number(), why.chinese()));
    return new String(FhirJson.write(outcome), StandardCharsets.UTF_8);
  }
}
