package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobWork;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.StoredTypes;
import io.yitong.hub.record.index.IndexRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Indexes what is stored by the rules of this release: what they have changed since those it was
 * indexed by. It begins when no process of an older release writes any more.
 */
@ApplicationScoped
class UpgradeIndex implements JobWork {
  /** Of this release: one with other rules does not take it. */
  static final String KIND = "index-rules-" + IndexRules.VERSION;

  private final RulesInForce rules;
  private final AwaitWriters writers;
  private final IndexPass pass;
  private final RetriedTransaction transactions;

  UpgradeIndex(
      RulesInForce rules, AwaitWriters writers, IndexPass pass, RetriedTransaction transactions) {
    this.rules = rules;
    this.writers = writers;
    this.pass = pass;
    this.transactions = transactions;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<JobFile> run(Job job, Lease lease) {
    writers.await(lease);
    var types =
        IndexRules.typesChangedSince(Integer.parseInt(job.instruction()), StoredTypes.all());
    var files = pass.run(job, types, resource -> true, lease);
    lease.check();
    transactions.call(
        () -> {
          rules.complete(job.id());
          return true;
        });
    return files;
  }
}
