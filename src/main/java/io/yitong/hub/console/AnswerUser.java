package io.yitong.hub.console;

import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out one call of a page for the user signed in and writes its one audit row, refused or
 * not. What cannot be recorded is not answered.
 *
 * <p>A session cookie goes along with whatever a browser sends, even when a page of another site
 * makes it. Such a page cannot set {@value #HEADER}, so a call without it is none of ours: also one
 * that only reads, since a look at a patient is on record and must be meant.
 */
@ApplicationScoped
class AnswerUser {
  private static final String HEADER = "X-Requested-With";
  private static final String PAGES = "JavaScript";

  private final CurrentCaller current;
  private final HttpServerRequest request;
  private final AuditTrail audit;

  AnswerUser(CurrentCaller current, HttpServerRequest request, AuditTrail audit) {
    this.current = current;
    this.request = request;
    this.audit = audit;
  }

  /**
   * What is asked for, as the audit records it.
   *
   * @param patientId FHIR id of the Patient concerned, when it is known before the answer
   */
  record Question(
      char action, String interaction, String what, String query, Optional<String> patientId) {}

  /**
   * @param roles one of which the user must have; none means any
   * @param patient the one Patient the answer is about, when it is about one
   */
  <A> A answer(
      Question question,
      Function<Caller, A> work,
      Function<A, Optional<String>> patient,
      Role... roles) {
    var caller = current.get();
    try {
      if (!PAGES.equals(request.getHeader(HEADER))) {
        throw new HubException(ErrorCode.NOT_PERMITTED, HEADER);
      }
      if (roles.length > 0 && Arrays.stream(roles).noneMatch(caller::is)) {
        throw new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      var answer = work.apply(caller);
      record(caller, question, question.patientId().or(() -> patient.apply(answer)), null);
      return answer;
    } catch (RuntimeException e) {
      var refusal = Failures.explain(e, caller.correlation()).code();
      record(caller, question, question.patientId(), refusal);
      throw e;
    }
  }

  private void record(
      Caller caller, Question question, Optional<String> patientId, ErrorCode refusal) {
    audit.record(
        new Access(
            caller,
            question.action(),
            question.interaction(),
            question.what(),
            question.query(),
            patientId,
            Optional.ofNullable(refusal)));
  }
}
