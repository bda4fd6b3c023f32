package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.SearchInteractions;
import io.yitong.hub.fhir.Caller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.ResourceType;
import org.jboss.resteasy.reactive.RestResponse;

/** search of a type, a compartment and everything, by GET or by form (FHIR R4, 3.1.1.1). */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class SearchEndpoint implements Offers {
  private static final String SEARCH = "_search";

  /** A type of the compartment, or all of it. */
  private static final String WITHIN = Paths.INSTANCE + "/{within:[A-Z][A-Za-z]+|\\*}";

  private final Recorded recorded;
  private final SearchInteractions search;
  private final FhirResponse response;

  SearchEndpoint(Recorded recorded, SearchInteractions search, FhirResponse response) {
    this.recorded = recorded;
    this.search = search;
    this.response = response;
  }

  @GET
  public RestResponse<byte[]> everything() {
    return system(response.query());
  }

  @POST
  @Path(SEARCH)
  public RestResponse<byte[]> everythingByForm(byte[] form) {
    return system(with(form));
  }

  @GET
  @Path(Paths.TYPE)
  public RestResponse<byte[]> type(@PathParam("type") String type) {
    return type(type, response.query());
  }

  @POST
  @Path(Paths.TYPE + "/" + SEARCH)
  public RestResponse<byte[]> typeByForm(@PathParam("type") String type, byte[] form) {
    return type(type, with(form));
  }

  @GET
  @Path(WITHIN)
  public RestResponse<byte[]> compartment(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("within") String within) {
    return compartment(type, id, within, response.query());
  }

  @POST
  @Path(WITHIN + "/" + SEARCH)
  public RestResponse<byte[]> compartmentByForm(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("within") String within,
      byte[] form) {
    return compartment(type, id, within, with(form));
  }

  private Query with(byte[] form) {
    var sent = new String(response.body(form).bytes(), StandardCharsets.UTF_8);
    return response.query().and(new Query(sent.replace("+", "%20")));
  }

  private RestResponse<byte[]> system(Query query) {
    var handling = response.preferences().handling();
    return answer(
        "search-system", "", query, (caller, asked) -> search.ofSystem(caller, asked, handling));
  }

  private RestResponse<byte[]> type(String type, Query query) {
    var handling = response.preferences().handling();
    return answer(
        "search-type",
        type,
        query,
        (caller, asked) -> search.ofType(caller, ResourceNames.type(type), asked, handling));
  }

  private RestResponse<byte[]> compartment(String type, String id, String within, Query query) {
    var handling = response.preferences().handling();
    return answer(
        "search-compartment",
        type + "/" + id + "/" + within,
        query,
        (caller, asked) ->
            search.ofCompartment(
                caller, ResourceNames.key(type, id), within(within), asked, handling));
  }

  private static Optional<ResourceType> within(String name) {
    return name.equals("*") ? Optional.empty() : Optional.of(ResourceNames.type(name));
  }

  private RestResponse<byte[]> answer(
      String name, String what, Query query, BiFunction<Caller, Query, Answer> work) {
    return response.of(
        recorded.reading(
            new Interaction('E', name, what, query.raw()),
            caller -> {
              response.form(query);
              return work.apply(caller, query);
            }),
        query);
  }

  @Override
  public Set<TypeRestfulInteraction> onTypes() {
    return Set.of(TypeRestfulInteraction.SEARCHTYPE);
  }

  @Override
  public Set<SystemRestfulInteraction> onSystem() {
    return Set.of(SystemRestfulInteraction.SEARCHSYSTEM);
  }
}
