package io.yitong.hub.exchange;

import io.yitong.hub.exchange.PartnerFault.Refused;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.BoundedJson;
import io.yitong.hub.identity.Demographics;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Asks one partner for one person's results: finds the person, then fetches page by page. */
final class AskPartner {
  private static final String FHIR = "application/fhir+json";
  private static final int PAGE = 200;

  /** Then the rest is left: what is asked for is recent results, newest first. */
  private static final int MOST_PAGES = 10;

  private final PartnerHttp http;
  private final AccessTokens tokens;
  private final Clock clock;
  private final String askedBy;

  /**
   * @param askedBy identifier of this hub, as X-Requesting-Organization
   */
  AskPartner(PartnerHttp http, AccessTokens tokens, Clock clock, String askedBy) {
    this.http = http;
    this.tokens = tokens;
    this.clock = clock;
    this.askedBy = askedBy;
  }

  /**
   * @return what it holds; empty when it knows nobody certain to be the person
   */
  Optional<Bundle> ask(
      Partnership partnership, Demographics person, Deadline deadline, CorrelationId correlation)
      throws PartnerFault {
    var call = new Call(partnership, deadline, correlation);
    var patients = MatchQuestion.certain(call.match(person), person);
    if (patients.isEmpty()) {
      return Optional.empty();
    }
    if (patients.size() > MatchQuestion.MOST) {
      throw new Refused(patients.size() + " candidates for one person");
    }
    var fetched = new FetchedRecord(partnership, patients);
    for (var query : queries(partnership, patients)) {
      call.pages(query, fetched);
    }
    return Optional.of(fetched.bundle(clock.instant()));
  }

  private static List<String> queries(Partnership partnership, List<String> patients) {
    var who = "patient=" + encode(String.join(",", patients));
    var categories = partnership.agreement().categories().stream().sorted().toList();
    return List.of(
        "Observation?%s&category=%s&_include=Observation:performer&_include=Observation:specimen&_count=%d"
            .formatted(who, encode(String.join(",", categories)), PAGE),
        "DiagnosticReport?%s&_count=%d".formatted(who, PAGE));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The requests of one question, under one deadline. */
  private final class Call {
    private final Partnership partnership;
    private final URI base;
    private final Deadline deadline;
    private final CorrelationId correlation;

    Call(Partnership partnership, Deadline deadline, CorrelationId correlation) {
      this.partnership = partnership;
      this.base = URI.create(partnership.partner().baseUrl());
      this.deadline = deadline;
      this.correlation = correlation;
    }

    Bundle match(Demographics person) throws PartnerFault {
      var body = FhirJson.write(MatchQuestion.about(person));
      return bundle(
          HttpRequest.newBuilder(URI.create(base + "/Patient/$match"))
              .header("Content-Type", FHIR)
              .POST(BodyPublishers.ofByteArray(body)));
    }

    void pages(String query, FetchedRecord into) throws PartnerFault {
      var next = Optional.of(URI.create(base + "/" + query));
      for (var page = 0; page < MOST_PAGES && next.isPresent(); page++) {
        var bundle = bundle(HttpRequest.newBuilder(next.get()).GET());
        into.add(bundle);
        next = next(bundle);
      }
    }

    private Optional<URI> next(Bundle bundle) throws PartnerFault {
      var link = bundle.getLink(Bundle.LINK_NEXT);
      try {
        return Optional.ofNullable(link).map(found -> PartnerAddress.below(base, found.getUrl()));
      } catch (IllegalArgumentException e) {
        throw new Refused(e.getMessage());
      }
    }

    private Bundle bundle(HttpRequest.Builder request) throws PartnerFault {
      var reply = authorised(request);
      if (reply.status() == 401) {
        tokens.forget(partnership);
        reply = authorised(request);
      }
      if (!reply.ok()) {
        throw new Refused("HTTP " + reply.status() + reason(reply.body()));
      }
      try {
        return FhirJson.parse(BoundedJson.check(reply.body()), Bundle.class);
      } catch (HubException e) {
        throw new Refused(e.english());
      }
    }

    private PartnerHttp.Reply authorised(HttpRequest.Builder request) throws PartnerFault {
      return http.send(
          request
              .setHeader("Authorization", "Bearer " + tokens.forPartner(partnership, deadline))
              .setHeader("Accept", FHIR)
              .setHeader("X-Purpose-Of-Use", "TREAT")
              .setHeader("X-Requesting-Organization", askedBy)
              .setHeader("X-Correlation-Id", correlation.value())
              .build(),
          deadline);
    }
  }

  /** What a partner's OperationOutcome says, when it is one. */
  private static String reason(byte[] body) {
    try {
      return ": "
          + FhirJson.parse(BoundedJson.check(body), OperationOutcome.class)
              .getIssueFirstRep()
              .getDiagnostics();
    } catch (HubException e) {
      return "";
    }
  }
}
