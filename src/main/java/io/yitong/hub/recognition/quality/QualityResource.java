package io.yitong.hub.recognition.quality;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Scope;
import io.yitong.hub.recognition.quality.QualityCsv.Parsed;
import io.yitong.hub.recognition.quality.TakeInQualityEvidence.Taken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Where the quality-control body sends its results. */
@Path("/quality")
@Consumes("text/csv")
@Produces("application/json")
public class QualityResource {
  private final CurrentCaller current;
  private final TakeInQualityEvidence takeIn;
  private final QualityRegister register;
  private final AuditTrail audit;
  private final QualityCsv csv;

  QualityResource(
      CurrentCaller current,
      TakeInQualityEvidence takeIn,
      QualityRegister register,
      AuditTrail audit,
      Catalogue catalogue) {
    this.current = current;
    this.takeIn = takeIn;
    this.register = register;
    this.audit = audit;
    this.csv =
        new QualityCsv(catalogue.scopes().stream().map(Scope::code).collect(Collectors.toSet()));
  }

  /** Rounds of external quality assessment: columns laboratory to valid_until. */
  @POST
  @Path("eqa")
  public Response eqa(byte[] file) {
    return take("quality-eqa", () -> csv.eqa(file), takeIn::rounds);
  }

  /** States of internal quality control: columns laboratory, loinc, status, since. */
  @POST
  @Path("iqc")
  public Response iqc(byte[] file) {
    return take("quality-iqc", () -> csv.control(file), takeIn::controls);
  }

  private <T> Response take(
      String interaction,
      Supplier<Parsed<T>> parse,
      BiFunction<Collection<T>, String, Taken> takeIn) {
    var caller = current.get();
    if (!caller.is(Role.QUALITY_BODY)) {
      return refused(caller, interaction, List.of(new HubException(ErrorCode.NOT_PERMITTED, "")));
    }
    var parsed = parse.get();
    if (parsed instanceof Parsed.Faults<T> wrong) {
      return refused(caller, interaction, wrong.faults());
    }
    var taken = takeIn.apply(((Parsed.Rows<T>) parsed).rows(), caller.client());
    register.invalidate();
    record(caller, interaction, Optional.empty());
    return Response.ok(taken).build();
  }

  private Response refused(Caller caller, String interaction, List<HubException> faults) {
    var first = faults.get(0).code();
    record(caller, interaction, Optional.of(first));
    var outcome = new OperationOutcome();
    faults.forEach(fault -> outcome.addIssue(Outcomes.of(fault).getIssueFirstRep()));
    return Response.status(first.status())
        .type("application/fhir+json;charset=UTF-8")
        .entity(FhirJson.write(outcome))
        .build();
  }

  private void record(Caller caller, String interaction, Optional<ErrorCode> refusal) {
    audit.record(new Access(caller, 'C', interaction, "quality", "", Optional.empty(), refusal));
  }
}
