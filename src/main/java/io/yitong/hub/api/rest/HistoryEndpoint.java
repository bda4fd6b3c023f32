package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.api.interaction.HistoryInteractions;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Set;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.jboss.resteasy.reactive.RestResponse;

/** history of an instance, a type and everything (FHIR R4, 3.1.0.13). */
@Path("/fhir")
public class HistoryEndpoint implements Offers {
  private final Recorded recorded;
  private final HistoryInteractions history;
  private final FhirResponse response;

  HistoryEndpoint(Recorded recorded, HistoryInteractions history, FhirResponse response) {
    this.recorded = recorded;
    this.history = history;
    this.response = response;
  }

  @GET
  @Path(Paths.INSTANCE + "/" + Paths.HISTORY)
  public RestResponse<byte[]> ofInstance(
      @PathParam("type") String type, @PathParam("id") String id) {
    return answer(
        "history-instance",
        type + "/" + id,
        (caller, query) -> history.ofInstance(caller, ResourceNames.key(type, id), query));
  }

  @GET
  @Path(Paths.TYPE + "/" + Paths.HISTORY)
  public RestResponse<byte[]> ofType(@PathParam("type") String type) {
    return answer(
        "history-type",
        type,
        (caller, query) -> history.ofType(caller, ResourceNames.type(type), query));
  }

  @GET
  @Path(Paths.HISTORY)
  public RestResponse<byte[]> ofSystem() {
    return answer("history-system", "", history::ofSystem);
  }

  private RestResponse<byte[]> answer(
      String name, String what, BiFunction<Caller, Query, Answer> work) {
    var query = response.query();
    return response.of(
        recorded.reading(
            new Interaction('R', name, what, query.raw()),
            caller -> {
              response.form(query);
              return work.apply(caller, query);
            }),
        query);
  }

  @Override
  public Set<TypeRestfulInteraction> onTypes() {
    return Set.of(TypeRestfulInteraction.HISTORYINSTANCE, TypeRestfulInteraction.HISTORYTYPE);
  }

  @Override
  public Set<SystemRestfulInteraction> onSystem() {
    return Set.of(SystemRestfulInteraction.HISTORYSYSTEM);
  }
}
