package io.yitong.hub.api.rest;

import io.yitong.hub.api.interaction.InvokeOperation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** Operations of the system, of types and of instances (FHIR R4, 3.2.0). */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class OperationEndpoint {
  /** The dollar sign as it is or percent-encoded: RFC 3986, 2.2 leaves both to clients. */
  private static final String NAME = "{name:(?:\\$|%24)[a-z][a-z-]*}";

  private final InvokeOperation invoke;
  private final FhirResponse response;

  OperationEndpoint(InvokeOperation invoke, FhirResponse response) {
    this.invoke = invoke;
    this.response = response;
  }

  @GET
  @Path(NAME)
  public RestResponse<byte[]> get(@PathParam("name") String name, @Context UriInfo uri) {
    return got(name, Optional.empty(), Optional.empty(), uri);
  }

  @GET
  @Path(Paths.TYPE + "/" + NAME)
  public RestResponse<byte[]> getOnType(
      @PathParam("type") String type, @PathParam("name") String name, @Context UriInfo uri) {
    return got(name, Optional.of(type), Optional.empty(), uri);
  }

  @GET
  @Path(Paths.TYPE + "/" + Paths.ID + "/" + NAME)
  public RestResponse<byte[]> getOnInstance(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("name") String name,
      @Context UriInfo uri) {
    return got(name, Optional.of(type), Optional.of(id), uri);
  }

  @POST
  @Path(NAME)
  public RestResponse<byte[]> post(
      @PathParam("name") String name, @Context UriInfo uri, byte[] body) {
    return posted(name, Optional.empty(), Optional.empty(), uri, body);
  }

  @POST
  @Path(Paths.TYPE + "/" + NAME)
  public RestResponse<byte[]> postOnType(
      @PathParam("type") String type,
      @PathParam("name") String name,
      @Context UriInfo uri,
      byte[] body) {
    return posted(name, Optional.of(type), Optional.empty(), uri, body);
  }

  @POST
  @Path(Paths.TYPE + "/" + Paths.ID + "/" + NAME)
  public RestResponse<byte[]> postOnInstance(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @PathParam("name") String name,
      @Context UriInfo uri,
      byte[] body) {
    return posted(name, Optional.of(type), Optional.of(id), uri, body);
  }

  private RestResponse<byte[]> got(
      String name, Optional<String> type, Optional<String> id, UriInfo uri) {
    var query = response.query();
    response.form(query);
    return response.of(invoke.get(name.substring(1), type, id, uri.getQueryParameters()), query);
  }

  private RestResponse<byte[]> posted(
      String name, Optional<String> type, Optional<String> id, UriInfo uri, byte[] body) {
    var query = response.query();
    response.form(query);
    var json = body.length == 0 ? body : response.json(body);
    return response.of(
        invoke.post(name.substring(1), type, id, uri.getQueryParameters(), json), query);
  }
}
