package io.yitong.hub.exchange;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.exchange.PartnerHoldings.Holding;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.identity.Demographics;
import io.yitong.hub.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Asks one partner through its circuit breaker, keeps what it answers and records the question. */
@ApplicationScoped
class PartnerLine {
  private static final Logger LOG = Logger.getLogger(PartnerLine.class);

  private final AskPartner asking;
  private final PartnerBreakers breakers;
  private final PartnerHoldings holdings;
  private final AuditTrail audit;
  private final Clock clock;

  PartnerLine(
      PartnerHoldings holdings,
      AuditTrail audit,
      Clock clock,
      ExchangeSettings settings,
      @ConfigProperty(name = "yitong.hub.name") String hub) {
    var http = new PartnerHttp(CallableNetworks.of(settings.privateNetworks().orElse(List.of())));
    var key = settings.key().map(file -> SigningKey.load(file, settings.keyId()));
    var tokens = new AccessTokens(http, key, clock);
    this.asking = new AskPartner(http, tokens, clock, "urn:yitong:hub:" + hub);
    this.breakers = new PartnerBreakers(settings.breaker());
    this.holdings = holdings;
    this.audit = audit;
    this.clock = clock;
  }

  /** Never throws for what a partner does. */
  PartnerAnswer ask(
      Partnership partnership,
      PersonId person,
      Demographics known,
      Deadline deadline,
      CorrelationId correlation) {
    try {
      var holding =
          breakers.call(
              partnership.partner(),
              Holding.class,
              () ->
                  new Holding(
                      clock.instant(), asking.ask(partnership, known, deadline, correlation)));
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                holdings.keep(person, partnership.partner(), holding);
                audit.record(
                    provision(partnership, received(holding), correlation, Optional.empty()));
              });
      return holding.answer(partnership.partner());
    } catch (PartnerFault fault) {
      LOG.infof(
          "partner=%s correlation=%s fault=%s",
          partnership.partner().id(), correlation, fault.getMessage());
      var answer = fault.answer(partnership.partner());
      audit.record(provision(partnership, "received=0", correlation, Optional.of(code(answer))));
      return answer;
    }
  }

  private static String received(Holding holding) {
    return "received="
        + holding.bundle().map(bundle -> bundle.getEntry().size()).map(String::valueOf).orElse("0");
  }

  private static ErrorCode code(PartnerAnswer answer) {
    return answer instanceof PartnerAnswer.Refused refused
        ? refused.code()
        : ErrorCode.PARTNER_UNREACHABLE;
  }

  /** Who was asked, under which agreement, on what basis, and how much came; not about whom. */
  private static Access provision(
      Partnership partnership,
      String received,
      CorrelationId correlation,
      Optional<ErrorCode> refusal) {
    var caller =
        new Caller(
            "hub:exchange",
            "hub:exchange",
            Optional.empty(),
            Set.of(Role.HUB),
            Scopes.all(),
            "TREAT",
            correlation);
    var terms =
        "agreement=%s&basis=%s&%s"
            .formatted(partnership.agreement().name(), partnership.basis(), received);
    return new Access(
        caller,
        'R',
        "partner-fetch",
        "Endpoint/" + partnership.partner().id(),
        terms,
        Optional.empty(),
        refusal);
  }
}
