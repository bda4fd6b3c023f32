package io.yitong.hub.record.bulk.parameter;

import io.yitong.hub.record.RetriedTransaction;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobWork;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.reindex.AwaitWriters;
import io.yitong.hub.record.bulk.reindex.IndexPass;
import io.yitong.hub.record.index.ConcernedBy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Indexes what is stored by parameters newly defined, and takes away the entries of those that were
 * withdrawn. It begins when every process writes by the new definitions and every transaction that
 * may still write by the old ones has ended: whatever the pass finds done is right, whatever is
 * written behind it is right already. Only then can they be asked for.
 */
@ApplicationScoped
class BuildParameters implements JobWork {
  static final String KIND = "search-parameter";

  private final ParameterRegistry registry;
  private final FollowDefinitions follow;
  private final AwaitWriters writers;
  private final IndexPass pass;
  private final RetriedTransaction transactions;

  BuildParameters(
      ParameterRegistry registry,
      FollowDefinitions follow,
      AwaitWriters writers,
      IndexPass pass,
      RetriedTransaction transactions) {
    this.registry = registry;
    this.follow = follow;
    this.writers = writers;
    this.pass = pass;
    this.transactions = transactions;
  }

  static String instruction(Collection<ResourceType> bases) {
    return bases.stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<JobFile> run(Job job, Lease lease) {
    writers.await(lease);
    follow.refresh();
    var bases =
        Arrays.stream(job.instruction().split(" ", -1)).map(ResourceType::fromCode).toList();
    var definitions = registry.ofJob(job.id()).stream().map(DefinedParameter::definition).toList();
    var files = pass.run(job, bases, new ConcernedBy(definitions), lease);
    lease.check();
    transactions.call(
        () -> {
          registry.complete(job.id());
          return true;
        });
    follow.refresh();
    return files;
  }
}
