package io.yitong.hub.api.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.Body;
import io.yitong.hub.api.answer.Form;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.Known;
import io.yitong.hub.api.answer.Preferences;
import io.yitong.hub.api.answer.Preferences.Return;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.profile.ValidationNotes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * The request's headers understood, and answers as HTTP (FHIR R4, 3.1.0.1). One for all requests:
 * headers and address are proxies of those of the request under way.
 */
@ApplicationScoped
class FhirResponse {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** How many flaws validation by policy found in what was written. */
  private static final String VALIDATION = "X-Validation-Issues";

  private final HttpHeaders headers;
  private final UriInfo uri;
  private final HttpServerRequest request;
  private final HubAddress address;
  private final ValidationNotes notes;
  private final MemorySize largest;

  FhirResponse(
      HttpHeaders headers,
      UriInfo uri,
      HttpServerRequest request,
      HubAddress address,
      ValidationNotes notes,
      @ConfigProperty(name = "yitong.requests.largest") MemorySize largest) {
    this.largest = largest;
    this.headers = headers;
    this.uri = uri;
    this.request = request;
    this.address = address;
    this.notes = notes;
  }

  /** The query string of the request. */
  Query query() {
    return new Query(Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), ""));
  }

  /**
   * How this request wants its answer. Asked for before anything is done, so that a form that is
   * not offered is refused first.
   */
  Form form(Query query) {
    if (request.path().indexOf(';') >= 0) {
      throw new HubException(ErrorCode.ADDRESS_UNKNOWN, ""); // a matrix parameter would go unheeded
    }
    var accept = headers.getRequestHeader(HttpHeaders.ACCEPT);
    return Form.of(query, accept == null ? "" : String.join(",", accept));
  }

  /** The body, unpacked. */
  Body body(byte[] sent) {
    return Body.of(
        sent,
        headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
        headers.getHeaderString(HttpHeaders.CONTENT_ENCODING),
        (int) largest.asLongValue());
  }

  /** A resource sent as the body, as JSON, whichever of the two formats it came in. */
  byte[] json(byte[] sent) {
    return body(sent).json();
  }

  Preferences preferences() {
    var all = headers.getRequestHeader("Prefer");
    return all == null ? Preferences.NONE : Preferences.parse(all);
  }

  /** A read: not sent again to who has this version. */
  RestResponse<byte[]> read(Answer answer, Query query) {
    var known =
        Known.of(
            headers.getHeaderString(HttpHeaders.IF_NONE_MATCH),
            headers.getHeaderString(HttpHeaders.IF_MODIFIED_SINCE));
    return of(known.has(answer) ? answer.withoutBody(304) : answer, query);
  }

  /** A write: with as much of the resource as the client prefers. */
  RestResponse<byte[]> written(Answer answer, Query query) {
    var preferences = preferences();
    var flaws = answer.status() < 400 ? notes.flaws() : List.<Flaw>of();
    var response = builder(answer.as(preferences.content(), flaws), query);
    if (!flaws.isEmpty()) {
      var errors = flaws.stream().filter(Flaw::isError).count();
      response.header(
          VALIDATION, "errors=%d, warnings=%d".formatted(errors, flaws.size() - errors));
    }
    preferences
        .content()
        .map(Return::value)
        .ifPresent(value -> response.header("Preference-Applied", "return=" + value));
    return response.build();
  }

  RestResponse<byte[]> of(Answer answer, Query query) {
    return builder(answer, query).build();
  }

  private ResponseBuilder<byte[]> builder(Answer answer, Query query) {
    var response = ResponseBuilder.<byte[]>create(answer.status());
    answer.tag().ifPresent(tag -> response.header("ETag", tag));
    answer
        .lastUpdated()
        .ifPresent(time -> response.header("Last-Modified", HTTP_DATE.format(time)));
    answer
        .location()
        .filter(location -> answer.status() == 201 || answer.status() == 200)
        .ifPresent(location -> response.header("Location", address.of(location)));
    answer
        .body()
        .ifPresent(
            body -> {
              var form = form(query);
              response.type(form.format().contentType()).entity(form.write(body));
            });
    return response;
  }
}
