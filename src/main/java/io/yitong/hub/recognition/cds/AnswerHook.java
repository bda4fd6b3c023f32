package io.yitong.hub.recognition.cds;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.books.RecognitionBook;
import io.yitong.hub.recognition.cds.AdmitQuestion.Admitted;
import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.DecideRecognition;
import io.yitong.hub.recognition.decision.Item;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.recognition.decision.Order;
import io.yitong.hub.recognition.quality.QualityRegister;
import io.yitong.hub.recognition.results.FindResults;
import io.yitong.hub.recognition.results.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers a hook: while an order is signed, which of it already has a result that counts; when a
 * record is opened, what of it counts at all.
 */
@ApplicationScoped
class AnswerHook {
  private final AdmitQuestion admit;
  private final FindResults results;
  private final QualityRegister register;
  private final Catalogue catalogue;
  private final DecideRecognition decide;
  private final ComposeCards compose;
  private final RecognitionBook book;
  private final AuditTrail audit;
  private final Clock clock;

  AnswerHook(
      AdmitQuestion admit,
      FindResults results,
      QualityRegister register,
      Catalogue catalogue,
      DecideRecognition decide,
      ComposeCards compose,
      RecognitionBook book,
      AuditTrail audit,
      Clock clock) {
    this.admit = admit;
    this.results = results;
    this.register = register;
    this.catalogue = catalogue;
    this.decide = decide;
    this.compose = compose;
    this.book = book;
    this.audit = audit;
    this.clock = clock;
  }

  /** An order, and the results that bear on it. */
  private record Inquiry(Order order, Found found) {}

  /**
   * @throws io.yitong.hub.fhir.HubException when the question may not be asked or cannot be
   *     answered
   */
  List<Card> answer(Service service, HookRequest request, Caller caller) {
    var admitted = admit.admit(caller, request.patientId());
    var inquiry =
        switch (service) {
          case ORDER_SIGN -> ordered(request, admitted, caller);
          case PATIENT_VIEW -> viewed(request, admitted, caller);
        };
    var decision =
        decide.decide(
            inquiry.order(),
            inquiry.found().candidates(),
            register.evidence(),
            catalogue,
            clock.instant());
    var sheet =
        new CardSheet(compose, request, admitted, caller, decision, inquiry.found().silences());
    switch (service) {
      case ORDER_SIGN -> sheet.addLines();
      case PATIENT_VIEW -> sheet.addHeld();
    }
    QuarkusTransaction.joiningExisting()
        .run(
            () -> {
              book.shown(sheet.shown(), caller.correlation());
              audit.record(looked(service, request, caller));
            });
    return sheet.cards();
  }

  private Inquiry ordered(HookRequest request, Admitted admitted, Caller caller) {
    var order = order(request, admitted, request.drafts().stream().map(d -> d.line()).toList());
    var items = items(order);
    var found =
        items.isEmpty()
            ? Found.NOTHING
            : results.now(admitted.person(), items, admitted.results(), caller.correlation());
    return new Inquiry(order, found);
  }

  /** As if every item there is a result of were ordered by itself. */
  private Inquiry viewed(HookRequest request, Admitted admitted, Caller caller) {
    results.fetchAhead(admitted.person(), caller.correlation());
    var items =
        catalogue.items().stream().filter(i -> i.windowDays() > 0).map(Item::loinc).toList();
    var found = results.held(admitted.person(), items, admitted.results());
    var lines =
        found.candidates().stream()
            .map(Candidate::item)
            .distinct()
            .sorted()
            .map(AnswerHook::line)
            .toList();
    return new Inquiry(order(request, admitted, lines), found);
  }

  private static Order order(HookRequest request, Admitted admitted, List<Order.Line> lines) {
    return new Order(admitted.institution(), admitted.birthDate().or(request::birthDate), lines);
  }

  private static Order.Line line(Loinc item) {
    return new Order.Line(item.code(), List.of(new Order.Code(NamingSystems.LOINC, item.code())));
  }

  private Set<Loinc> items(Order order) {
    return order.lines().stream()
        .flatMap(line -> catalogue.ordered(line).stream())
        .flatMap(ordered -> ordered.analytes().stream())
        .collect(Collectors.toSet());
  }

  private static Access looked(Service service, HookRequest request, Caller caller) {
    return new Access(
        caller,
        'E',
        service.hook(),
        "Patient/" + request.patientId(),
        "",
        Optional.of(request.patientId()),
        Optional.empty());
  }
}
