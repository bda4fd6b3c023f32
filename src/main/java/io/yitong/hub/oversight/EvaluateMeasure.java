package io.yitong.hub.oversight;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.recognition.books.TallyRecognition;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.ResourceType;

/** {@code Measure/mutual-recognition/$evaluate-measure}: aggregates for regulators, no person. */
@ApplicationScoped
class EvaluateMeasure implements Operation {
  private final TallyRecognition tally;
  private final RecognitionMeasure measure;
  private final Clock clock;

  EvaluateMeasure(TallyRecognition tally, RecognitionMeasure measure, Clock clock) {
    this.tally = tally;
    this.measure = measure;
    this.clock = clock;
  }

  @Override
  public OperationName name() {
    return new OperationName("evaluate-measure");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Measure);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.REGULATOR, Role.OPERATOR);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = call.id().orElseThrow(() -> missing("measure"));
    if (!asked.equals(RecognitionMeasure.ID)) {
      throw new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", "Measure/" + asked);
    }
    var period = MeasurePeriod.of(parameter(call, "periodStart"), parameter(call, "periodEnd"));
    return OperationAnswer.of(report(period));
  }

  private MeasureReport report(MeasurePeriod period) {
    return measure.report(
        period, tally.between(period.from(), period.until()), Date.from(clock.instant()));
  }

  private static String parameter(Invocation call, String name) {
    var value = call.parameters().getParameter(name);
    if (value == null || !value.hasValue()) {
      throw missing(name);
    }
    return value.getValue().primitiveValue();
  }

  private static HubException missing(String name) {
    return new HubException(ErrorCode.PARAMETER_MISSING, name, name);
  }
}
