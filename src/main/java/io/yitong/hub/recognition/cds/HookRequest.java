package io.yitong.hub.recognition.cds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.recognition.decision.Order;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The call of a hook, checked field by field.
 *
 * @param drafts draft orders; none for patient-view
 * @param birthDate from the prefetched Patient, when that was sent
 */
record HookRequest(
    String patientId,
    Optional<String> encounterId,
    List<Draft> drafts,
    Optional<LocalDate> birthDate) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  /** A draft ServiceRequest, and what it orders. */
  record Draft(Order.Line line, JsonNode resource) {}

  /**
   * @throws HubException RESOURCE_MALFORMED, PARAMETER_MISSING or PARAMETER_INVALID, naming the
   *     field
   */
  static HookRequest parse(byte[] body, Service service) {
    var request = json(body);
    var hook = text(request, "hook");
    if (!hook.equals(service.hook())) {
      throw invalid("hook", hook + " ≠ " + service.hook());
    }
    text(request, "hookInstance");
    var context = request.path("context");
    if (!context.isObject()) {
      throw missing("context");
    }
    text(context, "userId", "context.userId");
    var patientId = fhirId(context, "patientId");
    return new HookRequest(
        patientId,
        context.hasNonNull("encounterId")
            ? Optional.of(fhirId(context, "encounterId"))
            : Optional.empty(),
        service == Service.ORDER_SIGN ? drafts(context, patientId) : List.of(),
        birthDate(request.path("prefetch").path("patient").path("birthDate").asText()));
  }

  static JsonNode json(byte[] body) {
    try {
      var json = JSON.readTree(body);
      if (json == null || !json.isObject()) {
        throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", "no JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", e.getOriginalMessage());
    } catch (IOException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", "not UTF-8");
    }
  }

  private static List<Draft> drafts(JsonNode context, String patientId) {
    var bundle = context.path("draftOrders");
    if (!bundle.isObject()) {
      throw missing("context.draftOrders");
    }
    if (!bundle.path("resourceType").asText().equals("Bundle")) {
      throw invalid("context.draftOrders", "resourceType ≠ Bundle");
    }
    List<Draft> drafts = new ArrayList<>();
    var entries = bundle.path("entry");
    for (var i = 0; i < entries.size(); i++) {
      var resource = entries.path(i).path("resource");
      if (resource.path("resourceType").asText().equals("ServiceRequest")) {
        var where = "context.draftOrders.entry[" + i + "].resource";
        drafts.add(draft(resource, patientId, where));
      }
    }
    return drafts;
  }

  private static Draft draft(JsonNode resource, String patientId, String where) {
    var id = text(resource, "id", where + ".id");
    var subject = resource.path("subject").path("reference").asText();
    if (!subject.isEmpty() && !subject.equals("Patient/" + patientId)) {
      throw invalid(where + ".subject", subject + " ≠ Patient/" + patientId);
    }
    List<Order.Code> codes = new ArrayList<>();
    for (var coding : resource.path("code").path("coding")) {
      codes.add(new Order.Code(coding.path("system").asText(), coding.path("code").asText()));
    }
    if (codes.isEmpty()) {
      throw missing(where + ".code.coding");
    }
    return new Draft(new Order.Line("ServiceRequest/" + id, codes), resource);
  }

  private static Optional<LocalDate> birthDate(String written) {
    try {
      return written.length() == 10 ? Optional.of(LocalDate.parse(written)) : Optional.empty();
    } catch (DateTimeParseException e) {
      throw invalid("prefetch.patient.birthDate", written);
    }
  }

  private static String fhirId(JsonNode context, String name) {
    var where = "context." + name;
    var id = text(context, name, where);
    if (!FHIR_ID.matcher(id).matches()) {
      throw invalid(where, id);
    }
    return id;
  }

  private static String text(JsonNode parent, String name) {
    return text(parent, name, name);
  }

  static String text(JsonNode parent, String name, String where) {
    var node = parent.path(name);
    if (node.isMissingNode() || node.isNull()) {
      throw missing(where);
    }
    if (!node.isTextual() || node.asText().isBlank()) {
      throw invalid(where, node.toString());
    }
    return node.asText();
  }

  static HubException missing(String field) {
    return new HubException(ErrorCode.PARAMETER_MISSING, field, field);
  }

  static HubException invalid(String field, String why) {
    return new HubException(ErrorCode.PARAMETER_INVALID, field, field, why);
  }
}
