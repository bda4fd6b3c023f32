package io.yitong.hub.recognition.cds;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** CDS Hooks 2.0: discovery, the hooks and their feedback. */
@Path("/cds-services")
@Produces("application/json")
public class CdsServicesResource {
  private final CurrentCaller current;
  private final AnswerHook answer;
  private final TakeFeedback takeFeedback;
  private final AuditTrail audit;

  CdsServicesResource(
      CurrentCaller current, AnswerHook answer, TakeFeedback takeFeedback, AuditTrail audit) {
    this.current = current;
    this.answer = answer;
    this.takeFeedback = takeFeedback;
    this.audit = audit;
  }

  /** Open to all: it says nothing of anybody. */
  @GET
  public Map<String, Object> discover() {
    return Map.of("services", Stream.of(Service.values()).map(Service::described).toList());
  }

  @POST
  @Path("{id}")
  @Consumes("application/json")
  public Response hook(@PathParam("id") String id, byte[] body) {
    return answer(
        id,
        (caller, about) -> {
          var service = service(id);
          var request = HookRequest.parse(body, service);
          about.set(request.patientId());
          return Map.of("cards", answer.answer(service, request, caller));
        });
  }

  @POST
  @Path("{id}/feedback")
  @Consumes("application/json")
  public Response feedback(@PathParam("id") String id, byte[] body) {
    return answer(
        id + "/feedback",
        (caller, about) -> {
          service(id);
          takeFeedback.take(Feedback.parse(body), caller);
          return Map.of();
        });
  }

  /** Says whom a question is about as soon as that is known, so that a refusal is recorded so. */
  private interface Work {
    Map<String, Object> answer(Caller caller, AtomicReference<String> about);
  }

  private Response answer(String asked, Work work) {
    Caller caller;
    try {
      caller = current.get();
    } catch (HubException refusal) {
      return refused(refusal);
    }
    var about = new AtomicReference<String>();
    try {
      return Response.ok(work.answer(caller, about)).build();
    } catch (HubException refusal) {
      var patient = Optional.ofNullable(about.get());
      var what = patient.map(id -> "Patient/" + id).orElse("cds-services");
      audit.record(new Access(caller, 'E', asked, what, "", patient, Optional.of(refusal.code())));
      return refused(refusal);
    }
  }

  private static Service service(String id) {
    return Service.of(id)
        .orElseThrow(() -> new HubException(ErrorCode.CDS_SERVICE_UNKNOWN, "", id));
  }

  private static Response refused(HubException refusal) {
    return Response.status(refusal.code().status())
        .type("application/fhir+json;charset=UTF-8")
        .entity(FhirJson.write(Outcomes.of(refusal)))
        .build();
  }
}
