package io.yitong.hub.access;

import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The one way to run without tokens, access checks and audit: a benchmark on this machine alone.
 * Given on the command line of the process and nowhere else, and only for a hub that listens on the
 * loopback interface; otherwise the hub does not start.
 */
@ApplicationScoped
public class OpenAccess {
  /** A Java system property: {@code -Dyitong.benchmark.open-access=true}. */
  static final String PROPERTY = "yitong.benchmark.open-access";

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1");

  /** Every pod has it. */
  private static final String IN_A_CLUSTER = "KUBERNETES_SERVICE_HOST";

  private static final InstitutionId NOBODY =
      new InstitutionId("urn:yitong:institution:000000-benchmark");

  /** All but a partner's, who is never without an agreement. */
  private static final Set<Role> ROLES = EnumSet.complementOf(EnumSet.of(Role.PARTNER));

  private static final Logger LOG = Logger.getLogger(OpenAccess.class);

  private final boolean on;

  OpenAccess(
      @ConfigProperty(name = PROPERTY) Optional<String> configured,
      @ConfigProperty(name = "quarkus.http.host") String host) {
    this.on = decide(configured, System.getProperty(PROPERTY), host, System.getenv());
  }

  /**
   * @param configured as any source of settings has it
   * @param commandLine as the command line has it, or null
   * @throws IllegalStateException when it is asked for and may not be had
   */
  static boolean decide(
      Optional<String> configured,
      String commandLine,
      String host,
      Map<String, String> environment) {
    if (configured.isEmpty() && commandLine == null) {
      return false;
    }
    if (!"true".equals(commandLine) || !configured.equals(Optional.of("true"))) {
      throw refused(
          "it is given as -D%s=true on the command line or not at all".formatted(PROPERTY));
    }
    if (!LOOPBACK.contains(host)) {
      throw refused("quarkus.http.host is %s, not one of %s".formatted(host, LOOPBACK));
    }
    if (environment.containsKey(IN_A_CLUSTER)) {
      throw refused("this is a cluster");
    }
    return true;
  }

  private static IllegalStateException refused(String why) {
    return new IllegalStateException("%s: refused: %s".formatted(PROPERTY, why));
  }

  /** Made, and so decided, before the first request. */
  void announce(@Observes StartupEvent start) {
    if (on) {
      LOG.errorf("access=open audit=none reason=benchmark property=%s", PROPERTY);
    }
  }

  /** Whoever asks, when nobody is asked for a token; empty in every other hub. */
  public Optional<Caller> caller(CorrelationId correlation) {
    return on
        ? Optional.of(
            new Caller(
                "benchmark",
                "benchmark",
                Optional.of(NOBODY),
                ROLES,
                Scopes.all(),
                "HOPERAT",
                correlation))
        : Optional.empty();
  }

  public boolean on() {
    return on;
  }
}
