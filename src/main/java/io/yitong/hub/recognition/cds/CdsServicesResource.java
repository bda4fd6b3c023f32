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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
        caller -> {
          var service = service(id);
          List<Card> cards = answer.answer(service, HookRequest.parse(body, service), caller);
          return Map.of("cards", cards);
        });
  }

  @POST
  @Path("{id}/feedback")
  @Consumes("application/json")
  public Response feedback(@PathParam("id") String id, byte[] body) {
    return answer(
        id + "/feedback",
        caller -> {
          service(id);
          takeFeedback.take(Feedback.parse(body), caller);
          return Map.of();
        });
  }

  private Response answer(String asked, Function<Caller, Map<String, Object>> work) {
    Caller caller;
    try {
      caller = current.get();
    } catch (HubException refusal) {
      return refused(refusal);
    }
    try {
      return Response.ok(work.apply(caller)).build();
    } catch (HubException refusal) {
      audit.record(
          new Access(
              caller, 'E', asked, "cds-services", "", Optional.empty(), Optional.of(refusal.code())));
      return refused(refusal);
    }
  }

  private static Service service(String id) {
    return Service.of(id).orElseThrow(() -> new HubException(ErrorCode.CDS_SERVICE_UNKNOWN, "", id));
  }

  private static Response refused(HubException refusal) {
    return Response.status(refusal.code().status())
        .type("application/fhir+json;charset=UTF-8")
        .entity(FhirJson.write(Outcomes.of(refusal)))
        .build();
  }
}
