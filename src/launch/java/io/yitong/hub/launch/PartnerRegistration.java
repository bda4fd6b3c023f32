package io.yitong.hub.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * Makes the two hubs partners: at each, the operator writes the other as Organization and Endpoint
 * with the agreement (StructureDefinition exchange-agreement), through the FHIR API.
 */
final class PartnerRegistration {
  private static final String CONNECTION =
      "http://terminology.hl7.org/CodeSystem/endpoint-connection-type";
  private static final String PAYLOAD =
      "http://terminology.hl7.org/CodeSystem/endpoint-payload-type";
  private static final String AGREEMENT =
      "https://yitong.io/fhir/StructureDefinition/exchange-agreement";
  private static final String BASIS =
      "《川渝检验检查结果互认协议（示例）》 Sichuan-Chongqing agreement on mutual recognition (example)";

  private final Stack stack;

  PartnerRegistration(Stack stack) {
    this.stack = stack;
  }

  void register() {
    for (var region : Region.values()) {
      var partner = region.other();
      put(region, organization(partner));
      put(region, endpoint(region, partner));
    }
  }

  private static ObjectNode organization(Region partner) {
    var organization = Http.JSON.createObjectNode();
    organization.put("resourceType", "Organization").put("id", id(partner)).put("active", true);
    organization.put("name", partner.chinese() + "区域平台");
    organization.putArray("alias").add(partner.english() + " hub");
    return organization;
  }

  private ObjectNode endpoint(Region here, Region partner) {
    var endpoint = Http.JSON.createObjectNode();
    endpoint.put("resourceType", "Endpoint").put("id", id(partner));
    var agreement = endpoint.putArray("extension").addObject().put("url", AGREEMENT);
    var terms = agreement.putArray("extension");
    terms.addObject().put("url", "name").put("valueString", "chongqing-linshui");
    terms.addObject().put("url", "region").put("valueCode", partner.division());
    terms.addObject().put("url", "recognition-scope").put("valueCode", "chuanyu");
    terms.addObject().put("url", "category").put("valueCode", "laboratory");
    terms
        .addObject()
        .put("url", "token-endpoint")
        .put("valueUrl", stack.tokens().endpoint(partner).toString());
    terms.addObject().put("url", "client-there").put("valueString", "hub-" + here.code());
    terms.addObject().put("url", "client-here").put("valueString", "hub-" + partner.code());
    terms.addObject().put("url", "basis").put("valueString", BASIS);
    endpoint.put("status", "active");
    endpoint.putObject("connectionType").put("system", CONNECTION).put("code", "hl7-fhir-rest");
    endpoint.put("name", partner.chinese() + "区域平台 " + partner.english() + " hub");
    endpoint.putObject("managingOrganization").put("reference", "Organization/" + id(partner));
    endpoint.putObject("period").put("start", "2026-01-01");
    var payload = endpoint.putArray("payloadType").addObject();
    payload.putArray("coding").addObject().put("system", PAYLOAD).put("code", "any");
    endpoint.put("address", stack.hub(partner).address() + "/fhir");
    return endpoint;
  }

  private static String id(Region partner) {
    return "hub-" + partner.code();
  }

  private void put(Region region, ObjectNode resource) {
    var path = resource.get("resourceType").asText() + "/" + resource.get("id").asText();
    var answer =
        stack
            .http()
            .send(
                "PUT",
                URI.create(stack.hub(region).address() + "/fhir/" + path),
                stack.tokens().of(region, "operator"),
                "application/fhir+json",
                resource.toString());
    if (answer.status() >= 300) {
      throw new LaunchFailure(
          "The %s hub did not take %s: HTTP %d %s"
              .formatted(region.code(), path, answer.status(), answer.body()));
    }
  }
}
