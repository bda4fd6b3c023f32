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
import java.util.function.Supplier;

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
    return operator('R', "feeds", "/feeds", () -> new Feeds(health.all(), health.problems()));
  }

  @GET
  @Path("/{institution}/{feed}/messages")
  public List<MessageSummary> messages(
      @PathParam("institution") String institution,
      @PathParam("feed") String feed,
      @QueryParam("state") Optional<String> state,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before) {
    var path = institution + "/" + feed;
    return operator(
        'R',
        "feed-messages",
        path,
        () -> health.messages(path, state.map(FeedsResource::state), before, MOST));
  }

  @POST
  @Path("/messages/{id}/replay")
  public MessageSummary replay(@PathParam("id") long id) {
    return operator('E', "feed-replay", Long.toString(id), () -> again(new MessageId(id)));
  }

  private MessageSummary again(MessageId id) {
    return apply
        .again(id)
        .flatMap(outcome -> health.message(id))
        .orElseThrow(
            () -> new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", "message " + id.value()));
  }

  /** One row, done or refused. */
  private <T> T operator(char action, String interaction, String what, Supplier<T> work) {
    var asking = caller.get();
    try {
      if (!asking.is(Role.OPERATOR)) {
        throw new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      var answer = work.get();
      record(asking, action, interaction, what, Optional.empty());
      return answer;
    } catch (HubException refusal) {
      record(asking, action, interaction, what, Optional.of(refusal.code()));
      throw refusal;
    }
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
