package io.yitong.hub.console;

import io.quarkus.security.identity.SecurityIdentity;
import io.yitong.hub.console.AnswerUser.Question;
import io.yitong.hub.console.PatientRecord.Demographics;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * What the console's pages ask for. Callers are people with a session ({@code quarkus.oidc.console}
 * in application.yaml); refusals are OperationOutcomes as everywhere else.
 */
@Path("/console/api")
@Produces(MediaType.APPLICATION_JSON)
public class ConsoleResource {
  private final AnswerUser user;
  private final SecurityIdentity identity;
  private final ShowSession session;
  private final ShowFeeds feeds;
  private final FindPatients patients;
  private final ShowResults results;

  ConsoleResource(
      AnswerUser user,
      SecurityIdentity identity,
      ShowSession session,
      ShowFeeds feeds,
      FindPatients patients,
      ShowResults results) {
    this.user = user;
    this.identity = identity;
    this.session = session;
    this.feeds = feeds;
    this.patients = patients;
    this.results = results;
  }

  /** The people found; no more than one line each. */
  public record Matches(List<Demographics> patients) {}

  @GET
  @Path("/me")
  public Session me() {
    return user.answer(
        new Question('R', "read", "console/me", "", Optional.empty()),
        caller -> session.show(caller, PersonalName.of(identity.getPrincipal())),
        answer -> Optional.empty());
  }

  @GET
  @Path("/feeds")
  public Feeds feeds() {
    return user.answer(
        new Question('R', "read", "console/feeds", "", Optional.empty()),
        caller -> feeds.show(),
        answer -> Optional.empty(),
        Role.OPERATOR);
  }

  @GET
  @Path("/patients")
  public Matches patients(
      @QueryParam("number") String number, @QueryParam("residentId") String residentId) {
    return user.answer(
        new Question('E', "search-type", "Patient", asked(number, residentId), Optional.empty()),
        caller -> {
          if (number != null) {
            return new Matches(patients.byNumber(caller, number));
          }
          if (residentId != null) {
            return new Matches(patients.byResidentId(caller, residentId));
          }
          throw new HubException(ErrorCode.PARAMETER_MISSING, "", "number / residentId");
        },
        answer ->
            answer.patients().size() == 1
                ? Optional.of(answer.patients().get(0).id())
                : Optional.empty(),
        Role.CLINICIAN);
  }

  @GET
  @Path("/patients/{id}/results")
  public PatientRecord results(@PathParam("id") String id) {
    return user.answer(
        new Question('R', "read", "console/results", "", Optional.of(id)),
        caller -> results.show(caller, id),
        answer -> Optional.empty(),
        Role.CLINICIAN);
  }

  @ServerExceptionMapper
  Response refused(HubException e) {
    return Response.status(e.code().status())
        .type("application/fhir+json")
        .entity(FhirJson.write(Outcomes.of(e)))
        .build();
  }

  private static String asked(String number, String residentId) {
    if (number != null) {
      return "number=" + number;
    }
    return residentId != null ? "residentId=" + residentId : "";
  }
}
