package io.yitong.hub.record.bulk.load;

import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.load.ImportLedger.Unwritten;
import io.yitong.hub.record.bulk.load.ReadLine.Readable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Goes through files, several batches at the same time: while the database is busy with one, the
 * next is read. A later line of the same id wins, as if all were written one after the other.
 */
final class WriteBatches implements AutoCloseable {
  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final UUID job;
  private final ReadLine reader;
  private final WriteLines write;
  private final ImportLedger ledger;
  private final Lease lease;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private long done;

  WriteBatches(UUID job, ReadLine reader, WriteLines write, ImportLedger ledger, Lease lease) {
    this.job = job;
    this.reader = reader;
    this.write = write;
    this.ledger = ledger;
    this.lease = lease;
    this.done = ledger.linesDone(job);
    lease.done(done);
  }

  /** A batch read, its unreadable lines apart. */
  private record Batch(
      int input, int number, int lines, List<Readable> readable, List<Unwritten> refused) {}

  void write(int input, Path file) throws IOException {
    var before = ledger.batchesDone(job, input);
    var number = 0;
    try (var lines = new ReadLines(input, file)) {
      for (var more = true; more; ) {
        var window = new ArrayList<Callable<Batch>>();
        while (window.size() < AT_ONCE && more) {
          var some = lines.batch();
          more = !some.isEmpty();
          if (more && !before.contains(number)) {
            var own = number;
            window.add(() -> read(input, own, some));
          }
          number++;
        }
        write(all(window));
      }
    }
  }

  private void write(List<Batch> batches) {
    lease.check();
    if (repeats(batches)) {
      batches.forEach(this::write);
    } else {
      all(batches.stream().<Callable<Integer>>map(batch -> () -> write(batch)).toList());
    }
    batches.forEach(batch -> done += batch.lines());
    lease.done(done);
  }

  private Batch read(int input, int number, List<Line> lines) {
    var readable = new ArrayList<Readable>(lines.size());
    var refused = new ArrayList<Unwritten>();
    for (var line : lines) {
      try {
        readable.add(reader.read(line));
      } catch (HubException e) {
        refused.add(WriteLines.refused(line, e));
      }
    }
    return new Batch(input, number, lines.size(), readable, refused);
  }

  private int write(Batch batch) {
    return write
        .write(
            job,
            batch.readable(),
            false,
            counts -> {
              ledger.unwritten(job, batch.refused());
              ledger.batchDone(job, batch.input(), batch.number(), batch.lines(), counts);
            })
        .all();
  }

  private static boolean repeats(List<Batch> batches) {
    var seen = new HashSet<ResourceKey>();
    for (var batch : batches) {
      var own = new HashSet<ResourceKey>();
      batch.readable().forEach(each -> own.add(each.key()));
      for (var key : own) {
        if (!seen.add(key)) {
          return true;
        }
      }
    }
    return false;
  }

  private <T> List<T> all(List<Callable<T>> work) {
    try {
      var results = new ArrayList<T>();
      for (var result : threads.invokeAll(work)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the hub is stopping", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
