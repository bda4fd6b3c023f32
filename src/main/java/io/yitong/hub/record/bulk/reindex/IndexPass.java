package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.write.ReindexResources;
import io.yitong.hub.record.write.ReindexResources.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Goes once through all resources of some types, a few in each transaction. How far it came is
 * committed with each batch, so it goes on there after a restart.
 */
@ApplicationScoped
public class IndexPass {
  /** Rows that writers may have to wait for at a time. */
  private static final int BATCH = 200;

  private final RetriedTransaction transactions;
  private final ReindexResources reindex;
  private final JobErrors errors;

  IndexPass(RetriedTransaction transactions, ReindexResources reindex, JobErrors errors) {
    this.transactions = transactions;
    this.reindex = reindex;
    this.errors = errors;
  }

  /**
   * @param concerned which resources are indexed afresh; the others stay as they are
   * @return errors to be fetched
   */
  public List<JobFile> run(
      Job job, Collection<ResourceType> types, Predicate<Element> concerned, Lease lease) {
    var after = job.place().isEmpty() ? 0L : Long.parseLong(job.place());
    var done = job.done();
    lease.total(reindex.count(types));
    while (true) {
      lease.check();
      var from = after;
      var batch = transactions.call(() -> batch(job, types, from, concerned, lease));
      if (batch.last().isEmpty()) {
        return errors.report(job.id());
      }
      after = batch.last().getAsLong();
      done += batch.rows();
      lease.done(done);
    }
  }

  private Batch batch(
      Job job,
      Collection<ResourceType> types,
      long after,
      Predicate<Element> concerned,
      Lease lease) {
    var batch = reindex.batch(types, after, BATCH, concerned);
    errors.add(job.id(), after, batch.unreadable());
    if (batch.last().isPresent()) {
      lease.place(Long.toString(batch.last().getAsLong()));
    }
    return batch;
  }
}
