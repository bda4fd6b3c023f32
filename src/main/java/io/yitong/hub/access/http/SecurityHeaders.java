package io.yitong.hub.access.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What every answer tells browsers and caches. No cache keeps a patient's data ({@code no-store},
 * FHIR R4 security, 6.1.0): a client that reads with If-None-Match knows what it kept itself. The
 * console's pages have rules of their own in application.yaml.
 */
@ApplicationScoped
class SecurityHeaders {
  /** Behind the correlation id, before whatever answers. */
  private static final int EARLY = -4900;

  private static final CharSequence SNIFFING = name("X-Content-Type-Options");
  private static final CharSequence REFERRER = name("Referrer-Policy");
  private static final CharSequence CONTENT = name("Content-Security-Policy");
  private static final CharSequence TRANSPORT = name("Strict-Transport-Security");
  private static final CharSequence NO_SNIFF = value("nosniff");
  private static final CharSequence NO_REFERRER = value("no-referrer");
  private static final CharSequence NOTHING = value("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence NO_STORE = value("no-store");
  private static final CharSequence ONE_YEAR = value("max-age=31536000");

  private final boolean reachedByHttps;

  /**
   * @param reachedByHttps TLS ends before this process
   */
  SecurityHeaders(
      @ConfigProperty(name = "quarkus.oidc.console.authentication.cookie-force-secure")
          boolean reachedByHttps) {
    this.reachedByHttps = reachedByHttps;
  }

  private static CharSequence name(String text) {
    return HttpHeaders.createOptimized(text);
  }

  private static CharSequence value(String text) {
    return HttpHeaders.createOptimized(text);
  }

  void standAtTheDoor(@Observes Router router) {
    router.route().order(EARLY).handler(this::add);
  }

  private void add(RoutingContext request) {
    var response = request.response();
    if (reachedByHttps || request.request().isSSL()) {
      response.putHeader(TRANSPORT, ONE_YEAR);
    }
    var path = request.request().path();
    if (path != null && !path.startsWith("/console")) {
      response.putHeader(SNIFFING, NO_SNIFF);
      response.putHeader(REFERRER, NO_REFERRER);
      response.putHeader(CONTENT, NOTHING);
      if (!OpenPaths.contain(path)) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
      }
    }
    request.next();
  }
}
