package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.answer.Versions;
import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.api.interaction.WriteInteractions;
import io.yitong.hub.api.patch.Patches;
import io.yitong.hub.fhir.Caller;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * create, update, delete and their conditional forms at their addresses (FHIR R4, 3.1.0.4 to 8).
 */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class WriteEndpoint implements Offers {
  private final Recorded recorded;
  private final WriteInteractions write;
  private final FhirResponse response;

  WriteEndpoint(Recorded recorded, WriteInteractions write, FhirResponse response) {
    this.recorded = recorded;
    this.write = write;
    this.response = response;
  }

  @POST
  @Path(Paths.TYPE)
  public RestResponse<byte[]> create(
      @PathParam("type") String type, @HeaderParam("If-None-Exist") String criterion, byte[] body) {
    var ifNoneExist = Query.ifNoneExist(criterion);
    var query = response.query();
    return answer(
        new Interaction('C', "create", type, ifNoneExist),
        query,
        caller ->
            write.create(
                caller,
                ResourceNames.read(response.json(body), ResourceNames.type(type)),
                ifNoneExist));
  }

  @PUT
  @Path(Paths.INSTANCE)
  public RestResponse<byte[]> update(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      @HeaderParam("If-None-Match") String ifNoneMatch,
      byte[] body) {
    var query = response.query();
    return answer(
        new Interaction('U', "update", type + "/" + id, query.raw()),
        query,
        caller -> {
          query.takes("PUT", Set.of());
          var key = ResourceNames.key(type, id);
          return write.update(
              caller,
              key,
              ResourceNames.read(response.json(body), key.type()),
              Versions.expected(ifMatch, ifNoneMatch));
        });
  }

  @PUT
  @Path(Paths.TYPE)
  public RestResponse<byte[]> updateWhere(
      @PathParam("type") String type, @HeaderParam("If-Match") String ifMatch, byte[] body) {
    var query = response.query();
    return answer(
        new Interaction('U', "update", type, query.raw()),
        query,
        caller -> {
          var known = ResourceNames.type(type);
          return write.updateWhere(
              caller,
              known,
              query.criterion(),
              ResourceNames.read(response.json(body), known),
              Versions.expected(ifMatch, null));
        });
  }

  @PATCH
  @Path(Paths.INSTANCE)
  public RestResponse<byte[]> patch(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch,
      byte[] body) {
    var query = response.query();
    return answer(
        new Interaction('U', "patch", type + "/" + id, query.raw()),
        query,
        caller -> {
          query.takes("PATCH", Set.of());
          return write.patch(
              caller,
              ResourceNames.key(type, id),
              Patches.of(response.body(body)),
              Versions.expected(ifMatch, null));
        });
  }

  @PATCH
  @Path(Paths.TYPE)
  public RestResponse<byte[]> patchWhere(
      @PathParam("type") String type, @HeaderParam("If-Match") String ifMatch, byte[] body) {
    var query = response.query();
    return answer(
        new Interaction('U', "patch", type, query.raw()),
        query,
        caller ->
            write.patchWhere(
                caller,
                ResourceNames.type(type),
                query.criterion(),
                Patches.of(response.body(body)),
                Versions.expected(ifMatch, null)));
  }

  @DELETE
  @Path(Paths.INSTANCE)
  public RestResponse<byte[]> delete(
      @PathParam("type") String type,
      @PathParam("id") String id,
      @HeaderParam("If-Match") String ifMatch) {
    var query = response.query();
    return answer(
        new Interaction('D', "delete", type + "/" + id, query.raw()),
        query,
        caller -> {
          query.takes("DELETE", Set.of());
          return write.delete(
              caller, ResourceNames.key(type, id), Versions.expected(ifMatch, null));
        });
  }

  @DELETE
  @Path(Paths.TYPE)
  public RestResponse<byte[]> deleteWhere(
      @PathParam("type") String type, @HeaderParam("If-Match") String ifMatch) {
    var query = response.query();
    return answer(
        new Interaction('D', "delete", type, query.raw()),
        query,
        caller ->
            write.deleteWhere(
                caller,
                ResourceNames.type(type),
                query.criterion(),
                Versions.expected(ifMatch, null)));
  }

  private RestResponse<byte[]> answer(
      Interaction interaction, Query query, Function<Caller, Answer> work) {
    return response.written(
        recorded.writing(
            interaction,
            caller -> {
              response.form(query);
              query.refuse("_summary", "_elements");
              return work.apply(caller);
            }),
        query);
  }

  @Override
  public Set<TypeRestfulInteraction> onTypes() {
    return Set.of(
        TypeRestfulInteraction.CREATE,
        TypeRestfulInteraction.UPDATE,
        TypeRestfulInteraction.PATCH,
        TypeRestfulInteraction.DELETE);
  }
}
