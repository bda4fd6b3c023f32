package io.yitong.hub.feed;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The feeds as an operator works with them. */
@Path("/feeds")
@Produces(MediaType.APPLICATION_JSON)
class FeedsResource {
  private static final int MOST = 200;

  private final FeedHealth health;
  private final ApplyMessage apply;
  private final CurrentCaller caller;
  private final AuditTrail audit;

  FeedsResource(FeedHealth health, ApplyMessage apply, CurrentCaller caller, AuditTrail audit) {
    this.health = health;
    this.apply = apply;
    this.caller = caller;
    this.audit = audit;
  }

  /** All feeds, and the files that are not in force. */
  public record Feeds(List<SenderHealth> feeds, List<FileProblem> problems) {}

  @GET
  public Feeds feeds() {
    operator('R', "feeds", "/feeds");
    return new Feeds(health.all(), health.problems());
  }

  @GET
  @Path("/{institution}/{feed}/messages")
  public List<MessageSummary> messages(
      @PathParam("institution") String institution,
      @PathParam("feed") String feed,
      @QueryParam("state") Optional<String> state,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before) {
    operator('R', "feed-messages", institution + "/" + feed);
    return health.messages(institution + "/" + feed, state.map(FeedsResource::state), before, MOST);
  }

  @POST
  @Path("/messages/{id}/replay")
  public MessageSummary replay(@PathParam("id") long id) {
    operator('E', "feed-replay", Long.toString(id));
    return apply
        .again(new MessageId(id))
        .flatMap(outcome -> health.message(new MessageId(id)))
        .orElseThrow(() -> new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", "message " + id));
  }

  private void operator(char action, String interaction, String what) {
    Caller asking = caller.get();
    if (!asking.is(Role.OPERATOR)) {
      record(asking, action, interaction, what, Optional.of(ErrorCode.NOT_PERMITTED));
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    record(asking, action, interaction, what, Optional.empty());
  }

  private void record(
      Caller asking, char action, String interaction, String what, Optional<ErrorCode> refusal) {
    audit.record(new Access(asking, action, interaction, what, "", Optional.empty(), refusal));
  }

  private static JournalState state(String code) {
    return Arrays.stream(JournalState.values())
        .filter(state -> state.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new HubException(
                    ErrorCode.PARAMETER_INVALID,
                    "state",
                    "state",
                    "received, accepted, quarantined, refused"));
  }
}
