package io.yitong.hub.record.bulk;

import java.util.List;

/**
 * Does jobs of one kind. A CDI bean of this type is driven by {@link RunJobs}, one job at a time in
 * each process. A job may be begun again after a process ended in the midst of it: what was done is
 * found and kept, or undone.
 */
public interface JobWork {
  String kind();

  /**
   * @return what it leaves to be fetched
   * @throws LeaseLost when the job was cancelled or another process has it now
   * @throws io.yitong.hub.fhir.HubException when it cannot be done; trying again would not help
   */
  List<JobFile> run(Job job, Lease lease);
}
