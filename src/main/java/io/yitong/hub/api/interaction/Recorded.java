package io.yitong.hub.api.interaction;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.record.RetriedTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one interaction and puts it on record, done or refused: exactly one row. A refusal's row
 * stays although the refused work is rolled back; what cannot be recorded is not done, or not told.
 */
@ApplicationScoped
public class Recorded {
  private final CurrentCaller current;
  private final AuditTrail audit;
  private final RetriedTransaction transactions;

  Recorded(CurrentCaller current, AuditTrail audit, RetriedTransaction transactions) {
    this.current = current;
    this.audit = audit;
    this.transactions = transactions;
  }

  /**
   * @param action C, R, U, D or E
   * @param what type or reference
   */
  public record Interaction(char action, String name, String what, String query) {}

  /** Work that changes nothing. */
  public Answer reading(Interaction interaction, Function<Caller, Answer> work) {
    return done(interaction, work, Answer::patients);
  }

  /** Work in a transaction, started afresh when it lost a race; its row is committed with it. */
  public Answer writing(Interaction interaction, Function<Caller, Answer> work) {
    return doneInTransaction(interaction, work, Answer::patients);
  }

  /** Work that changes nothing and whose answer is no resource. */
  public <T> T telling(Interaction interaction, Function<Caller, T> work) {
    return done(interaction, work, answer -> List.of());
  }

  /** The same for work in a transaction, in which it is recorded. */
  public <T> T changing(Interaction interaction, Function<Caller, T> work) {
    return doneInTransaction(interaction, work, answer -> List.of());
  }

  /**
   * The same after work that takes as long as the client does, and so must not hold a transaction.
   *
   * @param before done once, however often the rest is tried
   */
  public <P, T> T changing(
      Interaction interaction, Function<Caller, P> before, BiFunction<Caller, P, T> work) {
    var caller = current.get();
    return refusalRecorded(
        interaction,
        caller,
        () -> {
          var prepared = before.apply(caller);
          return transactions.call(
              () ->
                  recorded(
                      interaction,
                      caller,
                      same -> work.apply(same, prepared),
                      answer -> List.of()));
        });
  }

  private <T> T done(
      Interaction interaction, Function<Caller, T> work, Function<T, List<String>> patients) {
    var caller = current.get();
    return refusalRecorded(
        interaction, caller, () -> recorded(interaction, caller, work, patients));
  }

  private <T> T doneInTransaction(
      Interaction interaction, Function<Caller, T> work, Function<T, List<String>> patients) {
    var caller = current.get();
    return refusalRecorded(
        interaction,
        caller,
        () -> transactions.call(() -> recorded(interaction, caller, work, patients)));
  }

  private <T> T recorded(
      Interaction interaction,
      Caller caller,
      Function<Caller, T> work,
      Function<T, List<String>> patients) {
    var answer = work.apply(caller);
    record(interaction, caller, patients.apply(answer));
    return answer;
  }

  private <T> T refusalRecorded(Interaction interaction, Caller caller, Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (RuntimeException e) {
      audit.record(
          new Access(
              caller,
              interaction.action(),
              interaction.name(),
              interaction.what(),
              interaction.query(),
              List.of(),
              Optional.of(Failures.explain(e, caller.correlation()).code())));
      throw e;
    }
  }

  private void record(Interaction interaction, Caller caller, List<String> patients) {
    audit.record(
        new Access(
            caller,
            interaction.action(),
            interaction.name(),
            interaction.what(),
            interaction.query(),
            patients,
            Optional.empty()));
  }
}
