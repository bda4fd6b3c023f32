package io.yitong.hub.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Answers as HTTP, in the form the request asked for (FHIR R4, 3.1.0.1 and 3.1.0.6). */
@RequestScoped
class FhirResponse {
  static final String FHIR_JSON = "application/fhir+json;charset=utf-8";

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpHeaders headers;
  private final UriInfo uri;
  private final HubAddress address;

  FhirResponse(HttpHeaders headers, UriInfo uri, HubAddress address) {
    this.headers = headers;
    this.uri = uri;
    this.address = address;
  }

  /** Refuses, before anything is done, a request whose answer could not be given as asked. */
  void requireJson() {
    var format = uri.getQueryParameters().getFirst("_format");
    var accepted = format == null ? headers.getHeaderString(HttpHeaders.ACCEPT) : format;
    if (accepted != null
        && accepted.contains("xml")
        && !accepted.contains("json")
        && !accepted.contains("*/*")) {
      throw new HubException(ErrorCode.FORMAT_NOT_SUPPORTED, "");
    }
    var sent = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
    if (sent != null && sent.contains("xml")) {
      throw new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "", sent);
    }
  }

  /** A read: not sent again to who has this version. */
  Response read(Answer answer) {
    var known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (known != null && answer.tag().filter(tag -> tags(known).contains(tag)).isPresent()) {
      return of(answer.withoutBody(304));
    }
    return of(answer);
  }

  /** A write: with the resource unless the client prefers to do without. */
  Response written(Answer answer) {
    var preferences = headers.getRequestHeader("Prefer");
    var minimal =
        preferences.stream().anyMatch(preference -> preference.contains("return=minimal"));
    return of(minimal ? answer.withoutBody(answer.status()) : answer);
  }

  Response of(Answer answer) {
    var response = Response.status(answer.status());
    answer.tag().ifPresent(tag -> response.header("ETag", tag));
    answer
        .lastUpdated()
        .ifPresent(time -> response.header("Last-Modified", HTTP_DATE.format(time)));
    answer
        .location()
        .filter(location -> answer.status() == 201 || answer.status() == 200)
        .ifPresent(location -> response.header("Location", address.of(location)));
    answer.body().ifPresent(body -> response.type(FHIR_JSON).entity(asAsked(body)));
    return response.build();
  }

  private static List<String> tags(String header) {
    return List.of(header.split("\\s*,\\s*", -1));
  }

  private byte[] asAsked(byte[] json) {
    return "true".equals(uri.getQueryParameters().getFirst("_pretty")) ? indented(json) : json;
  }

  private static byte[] indented(byte[] json) {
    var out = new ByteArrayOutputStream(json.length * 2);
    try (var parser = JSON.createParser(json);
        var generator = JSON.createGenerator(out).useDefaultPrettyPrinter()) {
      while (parser.nextToken() != null) {
        generator.copyCurrentEventExact(parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
