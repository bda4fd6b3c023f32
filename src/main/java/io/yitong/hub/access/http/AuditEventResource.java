package io.yitong.hub.access.http;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditLog;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.Scopes.Permission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.ResourceType;

/** The privacy officer's search of the audit, which is itself a look on record. */
@Path("/fhir/AuditEvent")
@Produces({"application/fhir+json", "application/json"})
public class AuditEventResource {
  private final CurrentCaller current;
  private final AccessRules rules;
  private final AuditLog log;
  private final AuditTrail audit;
  private final String base;

  AuditEventResource(
      CurrentCaller current,
      AccessRules rules,
      AuditLog log,
      AuditTrail audit,
      @ConfigProperty(name = "yitong.hub.base-url") String base) {
    this.current = current;
    this.rules = rules;
    this.log = log;
    this.audit = audit;
    this.base = base + "/fhir/AuditEvent";
  }

  @GET
  public Response search(@Context UriInfo uri) {
    try {
      return search(current.get(), uri);
    } catch (HubException e) {
      return Response.status(e.code().status()).entity(FhirJson.write(Outcomes.of(e))).build();
    }
  }

  private Response search(Caller caller, UriInfo uri) {
    var asked = Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
    try {
      rules.reading(caller, ResourceType.AuditEvent, Permission.SEARCH);
      var query = AuditParameters.parse(uri.getQueryParameters());
      var page = log.search(query);
      record(caller, asked, query.patient(), Optional.empty());
      return Response.ok(FhirJson.write(bundle(page, asked))).build();
    } catch (HubException e) {
      record(caller, asked, Optional.empty(), Optional.of(e.code()));
      throw e;
    }
  }

  private void record(
      Caller caller, String query, Optional<String> patient, Optional<ErrorCode> refusal) {
    audit.record(new Access(caller, 'E', "search-type", "AuditEvent", query, patient, refusal));
  }

  private Bundle bundle(AuditLog.Page page, String query) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    bundle.addLink().setRelation("self").setUrl(query.isEmpty() ? base : base + "?" + query);
    page.next()
        .ifPresent(
            next -> bundle.addLink().setRelation("next").setUrl(base + "?" + after(query, next)));
    for (var event : page.events()) {
      bundle
          .addEntry()
          .setFullUrl(base + "/" + event.getIdPart())
          .setResource(event)
          .getSearch()
          .setMode(SearchEntryMode.MATCH);
    }
    return bundle;
  }

  private static String after(String query, long next) {
    var rest = query.replaceAll("(^|&)_page=[^&]*", "");
    return (rest.isEmpty() ? "" : rest + "&") + "_page=" + next;
  }
}
