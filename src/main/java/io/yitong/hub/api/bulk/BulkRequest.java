package io.yitong.hub.api.bulk;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.BoundedJson;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;

/**
 * A request to begin bulk work, by GET or by POST.
 *
 * @param parameters of the query or, as text, of the body
 * @param lenient whether what is not understood may be let pass ({@code Prefer: handling=lenient})
 */
record BulkRequest(String url, Map<String, List<String>> parameters, boolean lenient) {

  static BulkRequest of(UriInfo uri, HttpHeaders headers) {
    return new BulkRequest(
        uri.getRequestUri().toString(),
        new TreeMap<>(uri.getQueryParameters()),
        prefers(headers, "handling=lenient"));
  }

  /**
   * @param body Parameters
   */
  static BulkRequest of(UriInfo uri, HttpHeaders headers, byte[] body) {
    var request = of(uri, headers);
    if (body.length > 0) {
      for (var parameter :
          FhirJson.parse(BoundedJson.check(body), Parameters.class).getParameter()) {
        var value =
            parameter.getValue() instanceof Reference reference
                ? reference.getReference()
                : parameter.hasValue() ? parameter.getValue().primitiveValue() : null;
        if (value == null) {
          throw new HubException(
              ErrorCode.PARAMETER_INVALID, parameter.getName(), parameter.getName(), "-");
        }
        request
            .parameters
            .computeIfAbsent(parameter.getName(), name -> new ArrayList<>())
            .add(value);
      }
    }
    return request;
  }

  /** Bulk work has no other form (Bulk Data Access 2.0, 3.1.2). */
  static void requireAsync(HttpHeaders headers) {
    if (!prefers(headers, "respond-async")) {
      throw new HubException(ErrorCode.BULK_NOT_ASYNC, "Prefer");
    }
  }

  private static boolean prefers(HttpHeaders headers, String preference) {
    var sent = headers.getRequestHeader("Prefer");
    return sent != null && sent.stream().anyMatch(header -> header.contains(preference));
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }
}
