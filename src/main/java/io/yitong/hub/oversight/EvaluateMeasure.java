package io.yitong.hub.oversight;

import io.quarkus.arc.All;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** {@code Measure/[id]/$evaluate-measure}: aggregates of no person, for a period of days. */
@ApplicationScoped
class EvaluateMeasure implements Operation {
  private static final Set<String> PARAMETERS = Set.of("periodStart", "periodEnd", "subject");
  private static final String INSTITUTION = "Organization/";

  private final List<HubMeasure> measures;
  private final Clock clock;

  EvaluateMeasure(@All List<HubMeasure> measures, Clock clock) {
    this.measures = measures;
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
    return Set.of(Role.REGULATOR, Role.OPERATOR, Role.HOSPITAL);
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
    var measure =
        measures.stream()
            .filter(each -> each.id().equals(asked))
            .findFirst()
            .orElseThrow(
                () -> new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", "Measure/" + asked));
    refuseUnknown(call);
    var institution = institution(call, measure);
    if (!measure.mayAsk(call.caller(), institution)) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    var period = MeasurePeriod.of(parameter(call, "periodStart"), parameter(call, "periodEnd"));
    return OperationAnswer.of(measure.report(period, institution, Date.from(clock.instant())));
  }

  private static void refuseUnknown(Invocation call) {
    call.parameters().getParameter().stream()
        .map(each -> String.valueOf(each.getName()))
        .filter(name -> !PARAMETERS.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new HubException(ErrorCode.PARAMETER_UNKNOWN, name, "$evaluate-measure", name);
            });
  }

  /** The one asked for, by its Organization; an institution that asks for none is told its own. */
  private static Optional<InstitutionId> institution(Invocation call, HubMeasure measure) {
    var subject = call.parameters().getParameter("subject");
    if (subject == null || !subject.hasValue()) {
      return measure.ofInstitutions() ? call.caller().institution() : Optional.empty();
    }
    var written = subject.getValue().primitiveValue();
    try {
      if (measure.ofInstitutions() && written != null && written.startsWith(INSTITUTION)) {
        var name = written.substring(INSTITUTION.length());
        return Optional.of(new InstitutionId("urn:yitong:institution:" + name));
      }
    } catch (IllegalArgumentException e) {
      // no institution goes by that name
    }
    throw new HubException(
        ErrorCode.PARAMETER_INVALID, "subject", "subject", String.valueOf(written));
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
