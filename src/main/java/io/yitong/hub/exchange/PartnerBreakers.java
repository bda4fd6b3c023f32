package io.yitong.hub.exchange;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** One circuit breaker a partner: one that does not answer is left alone and costs nothing. */
final class PartnerBreakers {
  private static final Logger LOG = Logger.getLogger(PartnerBreakers.class);

  private final ExchangeSettings.Breaker settings;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();

  PartnerBreakers(ExchangeSettings.Breaker settings) {
    this.settings = settings;
  }

  <T> T call(Partner partner, Class<T> type, Callable<T> question) throws PartnerFault {
    try {
      return guards.computeIfAbsent(partner.id(), this::guard).call(question, type);
    } catch (PartnerFault e) {
      throw e;
    } catch (CircuitBreakerOpenException e) {
      throw new PartnerFault.Unreachable("not asked: it did not answer lately");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a question to a partner throws no such thing", e);
    }
  }

  private Guard guard(String partner) {
    return Guard.create()
        .withDescription("partner " + partner)
        .withCircuitBreaker()
        .requestVolumeThreshold(settings.calls())
        .failureRatio(settings.failureRatio())
        .delay(settings.pause().toMillis(), ChronoUnit.MILLIS)
        .skipOn(PartnerFault.Refused.class)
        .onStateChange(state -> report(partner, state))
        .done()
        .build();
  }

  private static void report(String partner, CircuitBreakerState state) {
    LOG.infof("partner=%s circuit=%s", partner, state);
  }
}
