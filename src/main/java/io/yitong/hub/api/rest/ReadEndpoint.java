package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.api.interaction.ReadInteractions;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.jboss.resteasy.reactive.RestResponse;

/** read and vread at their addresses (FHIR R4, 3.1.0.2 and 3.1.0.3). */
@Path("/fhir")
public class ReadEndpoint implements Offers {
  private final Recorded recorded;
  private final ReadInteractions read;
  private final FhirResponse response;

  ReadEndpoint(Recorded recorded, ReadInteractions read, FhirResponse response) {
    this.recorded = recorded;
    this.read = read;
    this.response = response;
  }

  @GET
  @Path(Paths.INSTANCE)
  public RestResponse<byte[]> read(@PathParam("type") String type, @PathParam("id") String id) {
    var query = response.query();
    return answer(
        new Interaction('R', "read", type + "/" + id, query.raw()),
        query,
        caller -> read.read(caller, ResourceNames.key(type, id), query));
  }

  @GET
  @Path(Paths.INSTANCE + "/_history/{version}")
  public RestResponse<byte[]> vread(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("version") String version) {
    var query = response.query();
    return answer(
        new Interaction('R', "vread", type + "/" + id + "/_history/" + version, query.raw()),
        query,
        caller ->
            read.vread(
                caller, ResourceNames.key(type, id), Query.number("_history", version), query));
  }

  private RestResponse<byte[]> answer(
      Interaction interaction, Query query, Function<Caller, Answer> work) {
    return response.read(
        recorded.reading(
            interaction,
            caller -> {
              response.form(query);
              return work.apply(caller);
            }),
        query);
  }

  @Override
  public Set<TypeRestfulInteraction> onTypes() {
    return Set.of(TypeRestfulInteraction.READ, TypeRestfulInteraction.VREAD);
  }
}
