package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobWork;
import io.yitong.hub.record.bulk.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** {@code $reindex}: everything of some types, whatever it is found by now. */
@ApplicationScoped
public class ReindexTypes implements JobWork {
  public static final String KIND = "reindex";

  private final IndexPass pass;

  ReindexTypes(IndexPass pass) {
    this.pass = pass;
  }

  /** What is kept with the job. */
  public static String instruction(Collection<ResourceType> types) {
    return types.stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<JobFile> run(Job job, Lease lease) {
    var types =
        Arrays.stream(job.instruction().split(" ", -1)).map(ResourceType::fromCode).toList();
    return pass.run(job, types, resource -> true, lease);
  }
}
