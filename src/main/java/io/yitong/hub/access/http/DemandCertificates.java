package io.yitong.hub.access.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Mutual TLS, where a site has it: a connection without a certificate of its authority is not
 * taken. The certificate opens the line and nothing else; who calls is what the token says.
 */
@ApplicationScoped
class DemandCertificates implements HttpServerOptionsCustomizer {
  private final boolean demanded;

  DemandCertificates(@ConfigProperty(name = "yitong.tls.client-certificates") boolean demanded) {
    this.demanded = demanded;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (demanded) {
      if (options.getTrustOptions() == null) {
        throw new IllegalStateException(
            "yitong.tls.client-certificates: no authority is named (quarkus.tls.hub.trust-store)");
      }
      options.setClientAuth(ClientAuth.REQUIRED);
    }
  }
}
