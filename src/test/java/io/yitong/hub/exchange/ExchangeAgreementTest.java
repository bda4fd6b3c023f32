package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeAgreementTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final Endpoint endpoint =
      Registration.endpoint(
          "hub-linshui", "http://linshui:8081/fhir/", "http://linshui:8180/token", "hub-linshui");

  @Test
  void an_endpoint_says_with_whom_what_was_agreed() {
    var partnership = read();

    assertThat(partnership.partner().baseUrl()).isEqualTo("http://linshui:8081/fhir");
    assertThat(partnership.partner().regionCode()).isEqualTo("511623");
    assertThat(partnership.partner().scope()).isEqualTo("chuanyu");
    assertThat(partnership.partner().nameZh()).isEqualTo("邻水区域平台");
    assertThat(partnership.partner().nameEn()).isEqualTo("Linshui hub");
    assertThat(partnership.partner().categories()).containsExactly("laboratory");
    assertThat(partnership.tokenEndpoint()).hasToString("http://linshui:8180/token");
    assertThat(partnership.clientThere()).isEqualTo("hub-chongqing");
    assertThat(partnership.clientHere()).isEqualTo("hub-linshui");
    assertThat(partnership.agreement().objection(NOW)).isEmpty();
  }

  @Test
  void it_holds_from_its_first_to_its_last_day_while_active() {
    endpoint
        .getPeriod()
        .setStart(Date.from(Instant.parse("2026-03-02T00:00:00Z")))
        .setEnd(Date.from(Instant.parse("2026-03-02T02:00:00Z")));
    var agreement = read().agreement();

    assertThat(agreement.objection(Instant.parse("2026-03-01T23:59:59Z"))).isPresent();
    assertThat(agreement.objection(Instant.parse("2026-03-02T00:00:00Z"))).isEmpty();
    assertThat(agreement.objection(Instant.parse("2026-03-02T01:59:59Z"))).isEmpty();
    assertThat(agreement.objection(Instant.parse("2026-03-02T02:00:00Z"))).isPresent();

    endpoint.setStatus(EndpointStatus.SUSPENDED);
    assertThat(read().agreement().objection(Instant.parse("2026-03-02T01:00:00Z"))).isPresent();
  }

  @Test
  void an_endpoint_without_an_agreement_is_no_partner() {
    assertThat(ExchangeAgreement.read(new Endpoint(), Registration.organization("x"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "region",
        "recognition-scope",
        "token-endpoint",
        "client-there",
        "client-here",
        "basis"
      })
  void an_agreement_that_lacks_a_part_is_none(String part) {
    endpoint
        .getExtensionByUrl(ExchangeAgreement.URL)
        .getExtension()
        .removeIf(each -> each.getUrl().equals(part));

    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(part);
  }

  @Test
  void an_address_that_is_no_plain_http_base_is_refused() {
    for (var address :
        List.of(
            "file:///etc/passwd",
            "ftp://linshui/fhir",
            "//linshui/fhir",
            "http://user:secret@linshui/fhir",
            "http://linshui/fhir?x=1",
            "http://linshui/fhir#a",
            "linshui")) {
      endpoint.setAddress(address);
      assertThatThrownBy(this::read).as(address).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Partnership read() {
    return ExchangeAgreement.read(endpoint, Registration.organization("hub-linshui")).orElseThrow();
  }
}
