package io.yitong.hub.record.bulk.load;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.bulk.BulkFolder;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobFile.Role;
import io.yitong.hub.record.bulk.JobWork;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.NdjsonFiles;
import io.yitong.hub.record.bulk.load.ImportLedger.Waiting;
import io.yitong.hub.record.bulk.load.ReadLine.Readable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Writes the resources of NDJSON files. First every file is gone through; lines that refer to what
 * is not there yet are put aside and tried again as long as any of them finds its target. What is
 * left then is reported, like every line that was refused: with its number and the element.
 */
@ApplicationScoped
public class ImportResources implements JobWork {
  public static final String KIND = "import";

  private static final int BATCH = 500;

  private final AccessRules rules;
  private final FetchInput fetch;
  private final WriteLines write;
  private final ImportLedger ledger;
  private final BulkFolder folder;

  ImportResources(
      AccessRules rules,
      FetchInput fetch,
      WriteLines write,
      ImportLedger ledger,
      BulkFolder folder) {
    this.rules = rules;
    this.fetch = fetch;
    this.write = write;
    this.ledger = ledger;
    this.folder = folder;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<JobFile> run(Job job, Lease lease) {
    var order = ImportOrder.read(job.instruction());
    var home = folder.make(job.id());
    var reader = new ReadLine(rules, job.caller(), order.inputs());
    try {
      var inputs = new ArrayList<Path>();
      var total = 0L;
      for (var number = 0; number < order.inputs().size(); number++) {
        inputs.add(fetch.fetch(order.inputs().get(number), number, home, lease));
        total += ReadLines.count(inputs.get(number));
      }
      lease.total(total);
      try (var batches = new WriteBatches(job.id(), reader, write, ledger, lease)) {
        for (var number = 0; number < inputs.size(); number++) {
          batches.write(number, inputs.get(number));
        }
      }
      writeThoseThatWait(job, inputs, reader, lease);
      var files = report(job.id(), home);
      for (var input : inputs) {
        Files.delete(input);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until a whole round finds none that can be written. */
  private void writeThoseThatWait(Job job, List<Path> inputs, ReadLine reader, Lease lease)
      throws IOException {
    // Numbers of batches that no pass through the files uses, nor an earlier try of this job.
    var number = -job.attempts() * 1_000_000;
    for (var written = -1; written != 0; ) {
      written = 0;
      var some = ledger.waitingAfter(job.id(), -1, 0, BATCH);
      while (!some.isEmpty()) {
        lease.check();
        var own = --number;
        var lines = readAgain(job.id(), some, inputs, reader);
        written +=
            write
                .write(
                    job.id(), lines, true, counts -> ledger.batchDone(job.id(), 0, own, 0, counts))
                .all();
        var last = some.get(some.size() - 1);
        some = ledger.waitingAfter(job.id(), last.input(), last.number(), BATCH);
      }
    }
  }

  private List<Readable> readAgain(UUID job, List<Waiting> some, List<Path> inputs, ReadLine reader)
      throws IOException {
    var lines = new ArrayList<Readable>(some.size());
    for (var each : some) {
      var line =
          ReadLines.again(
              inputs.get(each.input()), each.input(), each.number(), each.place(), each.length());
      try {
        lines.add(reader.read(line));
      } catch (HubException e) {
        ledger.unwritten(job, List.of(WriteLines.refused(line, e)));
      }
    }
    return lines;
  }

  private List<JobFile> report(UUID job, Path home) {
    var target = home.resolve("report");
    BulkFolder.remove(target);
    var files = new ArrayList<JobFile>();
    try (var output = new NdjsonFiles(target, Role.OUTPUT, "OperationOutcome");
        var errors = new NdjsonFiles(target, Role.ERROR, "OperationOutcome")) {
      output.write(FhirJson.write(summary(job)));
      ledger.eachOutcome(job, errors::write);
      files.addAll(output.finish());
      files.addAll(errors.finish());
    }
    return files;
  }

  private OperationOutcome summary(UUID job) {
    var counts = ledger.counts(job);
    var outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(
            "created %d, updated %d, unchanged %d, refused %d"
                .formatted(
                    counts.created(), counts.updated(), counts.unchanged(), ledger.refused(job)));
    return outcome;
  }
}
