package io.yitong.hub.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.testing.Certificates;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** The hub with its own TLS, which takes only who has a certificate: profiles tls and mtls. */
@QuarkusTest
@TestProfile(TlsTest.WithCertificates.class)
class TlsTest {
  private static final Certificates FILES = new Certificates(Path.of("target/tls"));
  private static final KeyStore HUB = FILES.make("hub");
  private static final KeyStore PARTNER = FILES.make("partner");
  private static final KeyStore STRANGER = FILES.make("stranger");

  @TestHTTPResource(value = "/fhir/AuditEvent", tls = true)
  URL secure;

  /** Settings as a site makes them. */
  public static class WithCertificates implements QuarkusTestProfile {
    @Override
    public String getConfigProfile() {
      return "test,tls,mtls";
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "YITONG_TLS_CERT", FILES.certificate(HUB, "hub").toString(),
          "YITONG_TLS_KEY", FILES.key(HUB, "hub").toString(),
          "YITONG_TLS_CLIENT_CA", FILES.certificate(PARTNER, "partner").toString(),
          "quarkus.http.test-ssl-port", "0");
    }
  }

  @Test
  void a_partner_with_its_certificate_is_served_by_TLS_1_3_and_told_to_stay_with_it()
      throws Exception {
    var answer = ask(PARTNER, "TLSv1.3", token());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .contains("max-age=31536000");
  }

  @Test
  void TLS_1_2_has_forward_secrecy_and_what_is_older_is_refused() throws Exception {
    var cipher = ask(PARTNER, "TLSv1.2", token()).sslSession().orElseThrow().getCipherSuite();
    assertThat(cipher).startsWith("TLS_ECDHE_").contains("_GCM_");

    assertThatThrownBy(() -> handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"))
        .isInstanceOf(SSLException.class);
    handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void a_certificate_of_another_authority_and_none_are_not_taken() {
    assertThatThrownBy(() -> ask(STRANGER, "TLSv1.3", token())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ask(null, "TLSv1.3", token())).isInstanceOf(IOException.class);
  }

  @Test
  void a_certificate_is_no_token() throws Exception {
    assertThat(ask(PARTNER, "TLSv1.3", null).statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> ask(KeyStore own, String protocol, String token) throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    var client = HttpClient.newBuilder().sslContext(context(own)).sslParameters(parameters).build();
    var request = HttpRequest.newBuilder(URI.create(secure.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void handshake(String protocol, String cipher) throws Exception {
    try (var socket =
        (SSLSocket)
            context(PARTNER).getSocketFactory().createSocket(secure.getHost(), secure.getPort())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setEnabledCipherSuites(new String[] {cipher});
      socket.startHandshake();
    }
  }

  private static SSLContext context(KeyStore own) throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(HUB);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, own == null ? null : Certificates.password());
    var context = SSLContext.getInstance("TLS");
    context.init(own == null ? null : keys.getKeyManagers(), trusted(trust), null);
    return context;
  }

  private static javax.net.ssl.TrustManager[] trusted(TrustManagerFactory factory) {
    return factory.getTrustManagers();
  }

  private static String token() {
    return TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer");
  }
}
