package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.answer.Versions;
import io.yitong.hub.api.interaction.ReadInteractions;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.SearchQuery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The interactions of FHIR on types and instances, at their addresses. */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class RecordEndpoint {
  private static final String TYPE = "{type:[A-Z][A-Za-z]+}";
  private static final String ID = "{id:[^$_%/][^/]*}";

  private final Recorded recorded;
  private final ReadInteractions read;
  private final WriteInteractions write;
  private final FhirResponse response;

  RecordEndpoint(
      Recorded recorded, ReadInteractions read, WriteInteractions write, FhirResponse response) {
    this.recorded = recorded;
    this.read = read;
    this.write = write;
    this.response = response;
  }

  @GET
  @Path(TYPE + "/" + ID)
  public Response read(@PathParam("type") String type, @PathParam("id") String id) {
    response.requireJson();
    return response.read(
        recorded.reading(
            new Interaction('R', "read", type + "/" + id, ""),
            caller -> read.read(caller, ResourceNames.key(type, id))));
  }

  @GET
  @Path(TYPE + "/" + ID + "/_history/{version}")
  public Response vread(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("version") String version) {
    response.requireJson();
    return response.read(
        recorded.reading(
            new Interaction('R', "vread", type + "/" + id + "/_history/" + version, ""),
            caller ->
                read.vread(caller, ResourceNames.key(type, id), number("_history", version))));
  }

  @GET
  @Path(TYPE + "/" + ID + "/_history")
  public Response history(
      @PathParam("type") String type, @PathParam("id") String id, @Context UriInfo uri) {
    response.requireJson();
    var count = uri.getQueryParameters().getFirst("_count");
    return response.of(
        recorded.reading(
            new Interaction('R', "history-instance", type + "/" + id, query(uri)),
            caller ->
                read.history(
                    caller,
                    ResourceNames.key(type, id),
                    count == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(number("_count", count)))));
  }

  @GET
  @Path(TYPE)
  public Response search(@PathParam("type") String type, @Context UriInfo uri) {
    response.requireJson();
    return search(type, query(uri));
  }

  @POST
  @Path(TYPE + "/_search")
  public Response searchByForm(@PathParam("type") String type, @Context UriInfo uri, byte[] form) {
    response.requireJson();
    var inBody = new String(form, StandardCharsets.UTF_8).replace("+", "%20");
    var inAddress = query(uri);
    return search(
        type,
        inAddress.isEmpty() || inBody.isEmpty() ? inAddress + inBody : inAddress + "&" + inBody);
  }

  private Response search(String type, String query) {
    return response.of(
        recorded.reading(
            new Interaction('E', "search-type", type, query),
            caller -> read.search(caller, SearchQuery.parse(ResourceNames.type(type), query))));
  }

  @POST
  @Path(TYPE)
  public Response create(
      @PathParam("type") String type, @HeaderParam("If-None-Exist") String criterion, byte[] body) {
    response.requireJson();
    var ifNoneExist = Objects.requireNonNullElse(criterion, "");
    return response.written(
        recorded.writing(
            new Interaction('C', "create", type, ifNoneExist),
            caller ->
                write.create(
                    caller, ResourceNames.parse(body, ResourceNames.type(type)), ifNoneExist)));
  }

  @PUT
  @Path(TYPE + "/" + ID)
  public Response update(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      byte[] body) {
    response.requireJson();
    return response.written(
        recorded.writing(
            new Interaction('U', "update", type + "/" + id, ""),
            caller -> {
              var key = ResourceNames.key(type, id);
              return write.update(
                  caller, key, ResourceNames.parse(body, key.type()), version(ifMatch));
            }));
  }

  @PUT
  @Path(TYPE)
  public Response updateWhere(@PathParam("type") String type, @Context UriInfo uri, byte[] body) {
    response.requireJson();
    return response.written(
        recorded.writing(
            new Interaction('U', "update", type, query(uri)),
            caller -> {
              var known = ResourceNames.type(type);
              return write.updateWhere(caller, known, query(uri), ResourceNames.parse(body, known));
            }));
  }

  @DELETE
  @Path(TYPE + "/" + ID)
  public Response delete(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch) {
    return response.of(
        recorded.writing(
            new Interaction('D', "delete", type + "/" + id, ""),
            caller -> write.delete(caller, ResourceNames.key(type, id), version(ifMatch))));
  }

  @DELETE
  @Path(TYPE)
  public Response deleteWhere(@PathParam("type") String type, @Context UriInfo uri) {
    return response.of(
        recorded.writing(
            new Interaction('D', "delete", type, query(uri)),
            caller -> write.deleteWhere(caller, ResourceNames.type(type), query(uri))));
  }

  private static String query(UriInfo uri) {
    return Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
  }

  private static Optional<Integer> version(String ifMatch) {
    return Optional.ofNullable(ifMatch).map(Versions::parse);
  }

  private static int number(String name, String text) {
    try {
      var number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // answered below, like a negative number
    }
    throw new HubException(ErrorCode.PARAMETER_INVALID, name, name, text);
  }
}
