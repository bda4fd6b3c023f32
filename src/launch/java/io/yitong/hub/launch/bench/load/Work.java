package io.yitong.hub.launch.bench.load;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/** What is asked of the hub, a request at a time. */
public enum Work {
  CREATE_OBSERVATION(WorkRequests::createObservation),
  TRANSACTION(WorkRequests::transaction),
  READ(WorkRequests::read),
  UPDATE_PATIENT(WorkRequests::updatePatient),
  RESULTS_OF_PATIENT(WorkRequests::resultsOfPatient),
  RESULTS_BY_CODE_AND_DATE(WorkRequests::resultsByCodeAndDate),
  EVERYTHING(WorkRequests::everything),
  PATIENT_BY_IDENTIFIER(WorkRequests::patientByIdentifier),
  PATIENT_BY_FAMILY_AND_BIRTH(WorkRequests::patientByFamilyAndBirth),
  CHAINED(WorkRequests::chained),
  REPORTS_WITH_RESULTS(WorkRequests::reportsWithResults),
  COUNT_OF_CODE(WorkRequests::countOfCode),
  /** The same identifier by all connections. */
  CONDITIONAL_CREATE(WorkRequests::conditionalCreate),
  /** The population itself, some patients in each transaction. */
  LOAD(LoadRequests::new);

  private final BiFunction<Population, RandomGenerator, Requests> requests;

  Work(BiFunction<Population, RandomGenerator, Requests> requests) {
    this.requests = requests;
  }

  Requests requests(Population population, RandomGenerator random) {
    return requests.apply(population, random);
  }

  /** Makes one request after another. */
  interface Requests {
    void next(RequestText into);
  }
}
