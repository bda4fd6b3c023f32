package io.yitong.hub.access.http;

import io.yitong.hub.access.audit.search.AuditEntry;
import io.yitong.hub.access.audit.search.AuditLog;
import io.yitong.hub.access.audit.search.BalpAuditEvent;
import io.yitong.hub.fhir.FhirJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;

/** read and search of AuditEvent: the privacy officer's, and the patient's of their own record. */
@Path("/fhir/AuditEvent")
@Produces({"application/fhir+json", "application/json"})
public class AuditEventResource {
  private final LookAtAudit look;
  private final String base;

  AuditEventResource(LookAtAudit look, @ConfigProperty(name = "yitong.hub.base-url") String base) {
    this.look = look;
    this.base = base + "/fhir/AuditEvent";
  }

  @GET
  public Response search(@Context UriInfo uri) {
    return found(query(uri));
  }

  @POST
  @Path("_search")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response searchByForm(@Context UriInfo uri, String form) {
    return found(
        Stream.of(query(uri), form)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("&")));
  }

  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    return Response.ok(FhirJson.write(BalpAuditEvent.of(look.read(id)))).build();
  }

  private Response found(String query) {
    return Response.ok(FhirJson.write(bundle(look.search(query), query))).build();
  }

  private static String query(UriInfo uri) {
    return Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
  }

  private Bundle bundle(AuditLog.Page page, String query) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    bundle.addLink().setRelation("self").setUrl(query.isEmpty() ? base : base + "?" + query);
    page.next()
        .ifPresent(
            next ->
                bundle
                    .addLink()
                    .setRelation("next")
                    .setUrl(base + "?" + AuditParameters.after(query, next)));
    for (var entry : page.entries()) {
      add(entry, bundle);
    }
    return bundle;
  }

  private void add(AuditEntry entry, Bundle bundle) {
    bundle
        .addEntry()
        .setFullUrl(base + "/" + entry.id())
        .setResource(BalpAuditEvent.of(entry))
        .getSearch()
        .setMode(SearchEntryMode.MATCH);
  }
}
