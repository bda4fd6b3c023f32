package io.yitong.hub.exchange;

import io.yitong.hub.exchange.PartnerHoldings.Holding;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.identity.Demographics;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.identity.Persons;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * What partner hubs hold of a person, fetched under their agreements and kept apart from local
 * data.
 */
@ApplicationScoped
public class PartnerResults {
  private static final Logger LOG = Logger.getLogger(PartnerResults.class);
  private static final int AT_ONCE = 16;
  private static final int WAITING = 256;

  private final PartnerRegistry registry;
  private final PartnerHoldings holdings;
  private final PartnerLine line;
  private final Persons persons;
  private final Clock clock;
  private final Duration staleAfter;
  private final ExecutorService askers =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          work -> new Thread(work, "ask-partner"));

  /** Questions under way: who asks the same meanwhile shares the answer. */
  private final Map<Question, CompletableFuture<PartnerAnswer>> underWay =
      new ConcurrentHashMap<>();

  private record Question(PersonId person, String partner) {}

  PartnerResults(
      PartnerRegistry registry,
      PartnerHoldings holdings,
      PartnerLine line,
      Persons persons,
      Clock clock,
      ExchangeSettings settings) {
    this.registry = registry;
    this.holdings = holdings;
    this.line = line;
    this.persons = persons;
    this.clock = clock;
    this.staleAfter = settings.staleAfter();
  }

  @PreDestroy
  void stop() {
    askers.shutdownNow();
  }

  /** What was fetched before and is still valid; never calls a partner. */
  public List<PartnerAnswer> held(PersonId person) {
    var partnerships = registry.inForce();
    if (partnerships.isEmpty()) {
      return List.of();
    }
    var held = holdings.of(person);
    return partnerships.stream()
        .map(Partnership::partner)
        .filter(partner -> held.containsKey(partner.id()))
        .map(partner -> held.get(partner.id()).answer(partner))
        .toList();
  }

  /**
   * Asks every partner whose held answer is missing or stale, in parallel, and keeps what comes.
   * Only a person with a checked resident ID is asked about; when a partner cannot be reached, what
   * it answered before and is still valid stands, with its age.
   *
   * @param deadline for the whole call; a partner not back by then is {@link PartnerAnswer.Late}
   * @return one answer per partner that was asked or whose answer is held
   */
  public List<PartnerAnswer> fetch(PersonId person, Duration deadline, CorrelationId correlation) {
    var by = Deadline.in(deadline);
    var partnerships = registry.inForce();
    if (partnerships.isEmpty()) {
      return List.of();
    }
    var held = holdings.of(person);
    var known = persons.demographics(person).filter(of -> of.residentId().isPresent());
    var asked = ask(partnerships, person, held, known, by, correlation);
    var answers = new ArrayList<PartnerAnswer>();
    for (var partnership : partnerships) {
      var partner = partnership.partner();
      var before = Optional.ofNullable(held.get(partner.id()));
      Optional.ofNullable(asked.get(partner.id()))
          .map(answer -> instead(await(answer, partner, by), before))
          .or(() -> before.map(holding -> holding.answer(partner)))
          .ifPresent(answers::add);
    }
    return answers;
  }

  private Map<String, CompletableFuture<PartnerAnswer>> ask(
      List<Partnership> partnerships,
      PersonId person,
      Map<String, Holding> held,
      Optional<Demographics> known,
      Deadline by,
      CorrelationId correlation) {
    var asked = new ConcurrentHashMap<String, CompletableFuture<PartnerAnswer>>();
    known.ifPresent(
        demographics ->
            partnerships.stream()
                .filter(partnership -> !fresh(held.get(partnership.partner().id())))
                .forEach(
                    partnership ->
                        asked.put(
                            partnership.partner().id(),
                            shared(partnership, person, demographics, by, correlation))));
    return asked;
  }

  private boolean fresh(Holding holding) {
    return holding != null && holding.at().plus(staleAfter).isAfter(clock.instant());
  }

  private CompletableFuture<PartnerAnswer> shared(
      Partnership partnership,
      PersonId person,
      Demographics known,
      Deadline by,
      CorrelationId correlation) {
    var question = new Question(person, partnership.partner().id());
    var mine = new CompletableFuture<PartnerAnswer>();
    var other = underWay.putIfAbsent(question, mine);
    if (other != null) {
      return other;
    }
    try {
      askers.execute(
          () -> {
            try {
              mine.complete(line.ask(partnership, person, known, by, correlation));
            } catch (RuntimeException e) {
              mine.completeExceptionally(e);
            } finally {
              underWay.remove(question);
            }
          });
    } catch (RejectedExecutionException e) {
      underWay.remove(question);
      mine.complete(new PartnerAnswer.Late(partnership.partner()));
    }
    return mine;
  }

  private static PartnerAnswer await(
      CompletableFuture<PartnerAnswer> answer, Partner partner, Deadline by) {
    try {
      return answer.get(by.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new PartnerAnswer.Late(partner);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PartnerAnswer.Late(partner);
    } catch (ExecutionException e) {
      LOG.errorf(e.getCause(), "partner=%s", partner.id());
      return new PartnerAnswer.Refused(partner, ErrorCode.INTERNAL, String.valueOf(e.getCause()));
    }
  }

  private static PartnerAnswer instead(PartnerAnswer answer, Optional<Holding> before) {
    var unreached =
        answer instanceof PartnerAnswer.Late
            || answer instanceof PartnerAnswer.Refused refused
                && refused.code() == ErrorCode.PARTNER_UNREACHABLE;
    return unreached
        ? before.map(holding -> holding.answer(answer.partner())).orElse(answer)
        : answer;
  }
}
