package io.yitong.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.identity.Demographics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskPartnerTest {
  private static final ECKey KEY = key("hub-500000");
  private static final String RESIDENT_ID = "511623198001010014";
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Demographics WANG_WEI =
      new Demographics(
          Optional.of(RESIDENT_ID),
          "王瑋",
          Optional.of("female"),
          Optional.of(LocalDate.of(1980, 1, 1)));

  private final PartnerServer partner = new PartnerServer(KEY);
  private final AskPartner asking = asking(Optional.of(signingKey(KEY)));

  @AfterEach
  void close() {
    partner.close();
  }

  @Test
  void a_persons_results_are_found_and_fetched_page_by_page() throws PartnerFault {
    // Given
    knowsWangWei();
    var first = page(observation("o1", "p1"), organization("lab"));
    first.addLink().setRelation("next").setUrl(partner.base() + "/Observation/next?cursor=2");
    partner
        .when("/fhir/Observation", first)
        .when("/fhir/Observation/next", page(observation("o2", "p1")))
        .when("/fhir/DiagnosticReport", page(report("r1", "p1")));

    // When
    var found = ask().orElseThrow();

    // Then
    assertThat(found.getEntry())
        .extracting(entry -> entry.getResource().getMeta().getSource())
        .containsExactly(
            partner.base() + "/Observation/o1/_history/3",
            partner.base() + "/Organization/lab/_history/3",
            partner.base() + "/Observation/o2/_history/3",
            partner.base() + "/DiagnosticReport/r1/_history/3",
            null);
    assertThat(found.getEntry().get(4).getResource())
        .isInstanceOfSatisfying(
            Provenance.class,
            provenance -> {
              assertThat(provenance.getRecorded()).isEqualTo(NOW);
              assertThat(provenance.getAgentFirstRep().getWho().getReference())
                  .isEqualTo("Organization/hub-linshui");
              assertThat(provenance.getEntity()).hasSize(4);
            });
  }

  @Test
  void the_question_is_for_certain_matches_by_resident_id_name_birth_date_and_gender()
      throws PartnerFault {
    var asked = new Parameters[1];
    partner.when(
        "/fhir/Patient/$match",
        exchange -> {
          asked[0] = FhirJson.parse(exchange.getRequestBody().readAllBytes(), Parameters.class);
          PartnerServer.json(200, FhirJson.write(page())).answer(exchange);
        });

    assertThat(ask()).isEmpty();

    var patient = (Patient) asked[0].getParameter().get(0).getResource();
    assertThat(patient.getIdentifierFirstRep().getSystem()).isEqualTo(NamingSystems.RESIDENT_ID);
    assertThat(patient.getIdentifierFirstRep().getValue()).isEqualTo(RESIDENT_ID);
    assertThat(patient.getNameFirstRep().getText()).isEqualTo("王瑋");
    assertThat(patient.getBirthDateElement().getValueAsString()).isEqualTo("1980-01-01");
    assertThat(patient.getGender().toCode()).isEqualTo("female");
    assertThat(asked[0].getParameterBool("onlyCertainMatches")).isTrue();
  }

  @Test
  void the_assertion_is_what_smart_backend_services_ask_for() throws Exception {
    knowsWangWei();
    noResults();

    ask();
    partner.changeToken("token-2");
    ask();

    var assertion = partner.assertions().get(0);
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES384);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("hub-500000");
    var claims = assertion.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("hub-chongqing");
    assertThat(claims.getSubject()).isEqualTo("hub-chongqing");
    assertThat(claims.getAudience()).containsExactly(partner.root() + "/token");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isLessThanOrEqualTo(Duration.ofMinutes(5));
    assertThat(partner.assertions())
        .extracting(AskPartnerTest::id)
        .doesNotHaveDuplicates()
        .doesNotContainNull()
        .hasSize(2);
  }

  @Test
  void a_token_serves_until_the_partner_no_longer_takes_it() throws PartnerFault {
    knowsWangWei();
    noResults();

    ask();
    ask();
    assertThat(partner.assertions()).hasSize(1);

    partner.changeToken("token-2");
    ask();
    assertThat(partner.assertions()).hasSize(2);
  }

  @Test
  void purpose_asking_hub_and_correlation_go_with_every_request() throws PartnerFault {
    knowsWangWei();
    noResults();

    ask();

    assertThat(partner.headers())
        .hasSize(3)
        .allSatisfy(
            headers ->
                assertThat(headers)
                    .containsEntry("X-Purpose-Of-Use", "TREAT")
                    .containsEntry("X-Requesting-Organization", "urn:yitong:hub:chongqing")
                    .containsEntry("X-Correlation-Id", "c-1"));
  }

  @Test
  void a_match_that_is_not_certain_is_no_match() throws PartnerFault {
    partner.when("/fhir/Patient/$match", matches("probable", patient("p1", RESIDENT_ID)));

    assertThat(ask()).isEmpty();
    assertThat(partner.requests()).hasSize(1);
  }

  @Test
  void a_match_with_another_resident_id_is_another_person() throws PartnerFault {
    partner.when("/fhir/Patient/$match", matches("certain", patient("p1", "511623198001010022")));

    assertThat(ask()).isEmpty();
  }

  @Test
  void only_results_of_the_person_in_agreed_categories_and_what_they_refer_to_are_kept()
      throws PartnerFault {
    knowsWangWei();
    var vital = observation("vital", "p1");
    vital.setCategory(List.of(category("vital-signs")));
    var elsewhere = observation("elsewhere", "p1");
    elsewhere.setSubject(new Reference("http://other.example/fhir/Patient/p1"));
    var page = page(observation("good", "p1"), observation("other", "p2"), vital, elsewhere);
    page.addEntry().setResource(new Encounter().setId("e1"));
    partner
        .when("/fhir/Observation", page)
        .when("/fhir/DiagnosticReport", page(report("other", "p2")));

    var found = ask().orElseThrow();

    assertThat(found.getEntry())
        .extracting(entry -> entry.getResource().fhirType())
        .containsExactly("Observation", "Provenance");
    assertThat(found.getEntry().get(0).getResource().getIdPart()).isEqualTo("good");
  }

  @Test
  void more_candidates_than_one_person_can_have_are_refused() {
    var many =
        IntStream.rangeClosed(0, MatchQuestion.MOST)
            .mapToObj(i -> patient("p" + i, RESIDENT_ID))
            .toArray(Patient[]::new);
    partner.when("/fhir/Patient/$match", matches("certain", many));

    assertThatThrownBy(this::ask).isInstanceOf(PartnerFault.Refused.class);
  }

  @Test
  void a_refusal_is_handed_on_with_the_partners_words() {
    var outcome = Outcomes.of(ErrorCode.AGREEMENT_REFUSES, "", "chongqing-linshui", "ended");
    partner.when("/fhir/Patient/$match", PartnerServer.json(403, FhirJson.write(outcome)));

    assertThatThrownBy(this::ask)
        .isInstanceOf(PartnerFault.Refused.class)
        .hasMessageContaining("HTTP 403")
        .hasMessageContaining("chongqing-linshui");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/fhir/Patient/$match", "/fhir/Observation"})
  void a_partner_that_does_not_answer_is_late(String where) {
    knowsWangWei();
    partner.when(where, partner.never());

    assertThatThrownBy(() -> ask(Duration.ofMillis(300))).isInstanceOf(PartnerFault.Late.class);
  }

  @Test
  void an_answer_that_never_ends_is_late() {
    partner.when("/fhir/Patient/$match", partner.stuckInTheBody());

    assertThatThrownBy(() -> ask(Duration.ofMillis(300))).isInstanceOf(PartnerFault.Late.class);
  }

  @Test
  void a_server_error_counts_as_not_reached() {
    partner.when("/fhir/Patient/$match", PartnerServer.json(500, new byte[] {'{', '}'}));

    assertThatThrownBy(this::ask).isInstanceOf(PartnerFault.Unreachable.class);
  }

  @Test
  void a_partner_that_is_down_is_not_reached() throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    var down = partner.partnership("http://localhost:" + free + "/fhir");

    assertThatThrownBy(() -> ask(down, Duration.ofSeconds(5)))
        .isInstanceOf(PartnerFault.Unreachable.class);
  }

  @Test
  void a_redirect_is_not_followed() {
    partner.when(
        "/fhir/Patient/$match",
        exchange -> {
          exchange.getResponseHeaders().set("Location", partner.root() + "/elsewhere");
          PartnerServer.reply(exchange, 307, "application/fhir+json", new byte[] {'{', '}'});
        });

    assertThatThrownBy(this::ask).isInstanceOf(PartnerFault.Refused.class);
    assertThat(partner.requests()).hasSize(1);
  }

  @Test
  void a_next_link_out_of_the_registered_base_is_not_followed() {
    knowsWangWei();
    for (var link :
        List.of(
            partner.root() + "/secret",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            "../../secret")) {
      var page = page(observation("o1", "p1"));
      page.addLink().setRelation("next").setUrl(link);
      partner.when("/fhir/Observation", page);

      assertThatThrownBy(this::ask).as(link).isInstanceOf(PartnerFault.Refused.class);
    }
    assertThat(partner.requests())
        .allMatch(request -> request.contains("$match") || request.contains("/fhir/Observation?"));
  }

  @Test
  void what_is_not_fhir_json_is_refused() {
    partner.when(
        "/fhir/Patient/$match",
        exchange ->
            PartnerServer.reply(
                exchange, 200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(this::ask)
        .isInstanceOf(PartnerFault.Refused.class)
        .hasMessageContaining("text/html");

    for (var body :
        List.of("{\"resourceType\":\"Bundle\"", "{\"resourceType\":\"Patient\"}", "[]")) {
      partner.when(
          "/fhir/Patient/$match", PartnerServer.json(200, body.getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(this::ask).as(body).isInstanceOf(PartnerFault.Refused.class);
    }
  }

  @Test
  void an_answer_without_bounds_is_broken_off() {
    partner.when("/fhir/Patient/$match", PartnerServer.json(200, new byte[17 * 1024 * 1024]));

    assertThatThrownBy(this::ask)
        .isInstanceOf(PartnerFault.Unreachable.class)
        .hasMessageContaining("over");
  }

  @Test
  void an_issuer_that_does_not_know_our_key_gives_no_token() {
    var stranger = asking(Optional.of(signingKey(key("hub-500000"))));

    assertThatThrownBy(() -> ask(stranger, partner.partnership(), Duration.ofSeconds(5)))
        .isInstanceOf(PartnerFault.Refused.class)
        .hasMessageContaining("invalid_client");
  }

  @Test
  void without_a_key_nothing_is_asked() {
    var mute = asking(Optional.empty());

    assertThatThrownBy(() -> ask(mute, partner.partnership(), Duration.ofSeconds(5)))
        .isInstanceOf(PartnerFault.Refused.class);
    assertThat(partner.requests()).isEmpty();
  }

  @Test
  void a_metadata_address_is_not_called() {
    var there = partner.partnership("http://169.254.169.254/fhir");

    assertThatThrownBy(() -> ask(there, Duration.ofSeconds(5)))
        .isInstanceOf(PartnerFault.Refused.class);
  }

  private void knowsWangWei() {
    partner.when("/fhir/Patient/$match", matches("certain", patient("p1", RESIDENT_ID)));
  }

  private void noResults() {
    partner.when("/fhir/Observation", page()).when("/fhir/DiagnosticReport", page());
  }

  private Optional<Bundle> ask() throws PartnerFault {
    return ask(Duration.ofSeconds(20));
  }

  private Optional<Bundle> ask(Duration deadline) throws PartnerFault {
    return ask(partner.partnership(), deadline);
  }

  private Optional<Bundle> ask(Partnership partnership, Duration deadline) throws PartnerFault {
    return ask(asking, partnership, deadline);
  }

  private static Optional<Bundle> ask(AskPartner how, Partnership whom, Duration deadline)
      throws PartnerFault {
    return how.ask(whom, WANG_WEI, Deadline.in(deadline), new CorrelationId("c-1"));
  }

  private static AskPartner asking(Optional<SigningKey> key) {
    var http = new PartnerHttp(CallableNetworks.of(List.of("127.0.0.0/8", "::1")));
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new AskPartner(
        http, new AccessTokens(http, key, clock), clock, "urn:yitong:hub:chongqing");
  }

  private static Bundle page(Resource... resources) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    for (var resource : resources) {
      bundle.addEntry().setResource(resource);
    }
    return bundle;
  }

  private static Bundle matches(String grade, Patient... patients) {
    var bundle = page(patients);
    bundle
        .getEntry()
        .forEach(
            entry ->
                entry
                    .getSearch()
                    .addExtension(
                        "http://hl7.org/fhir/StructureDefinition/match-grade",
                        new CodeType(grade)));
    return bundle;
  }

  private static Patient patient(String id, String residentId) {
    var patient = new Patient();
    patient.setId(id);
    patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId);
    return patient;
  }

  private static Observation observation(String id, String patient) {
    var observation = new Observation();
    observation.setId(id);
    observation.getMeta().setVersionId("3");
    observation.addCategory(category("laboratory"));
    observation.setSubject(new Reference("Patient/" + patient));
    return observation;
  }

  private static DiagnosticReport report(String id, String patient) {
    var report = new DiagnosticReport();
    report.setId(id);
    report.getMeta().setVersionId("3");
    report.setSubject(new Reference("Patient/" + patient));
    return report;
  }

  private static Organization organization(String id) {
    var organization = new Organization();
    organization.setId(id);
    organization.getMeta().setVersionId("3");
    return organization;
  }

  private static CodeableConcept category(String code) {
    return new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, code, null));
  }

  private static String id(SignedJWT assertion) {
    try {
      return assertion.getJWTClaimsSet().getJWTID();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_384).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SigningKey signingKey(ECKey key) {
    try {
      return new SigningKey(key.toPrivateKey(), Optional.of(key.getKeyID()), "ES384");
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
