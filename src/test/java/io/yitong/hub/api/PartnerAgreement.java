package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.operator;

import java.util.function.Consumer;

/**
 * The agreement with the hub of another region, about laboratory results, for as long as it takes.
 */
public final class PartnerAgreement {
  private PartnerAgreement() {}

  /**
   * @param work is told the client by which the partner calls
   */
  public static void with(Consumer<String> work) {
    var client = "hub-" + Clients.randomId();
    var organization = Clients.randomId();
    operator()
        .body(
            """
            {"resourceType":"Organization","id":"%1$s","name":"邻水区域平台",
             "identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:yitong:hub:%2$s"}]}"""
                .formatted(organization, client))
        .put("/fhir/Organization/" + organization)
        .then()
        .statusCode(201);
    var id = Clients.randomId();
    operator()
        .body(endpoint(id, organization, client))
        .put("/fhir/Endpoint/" + id)
        .then()
        .statusCode(201);
    try {
      work.accept(client);
    } finally {
      // Who has an agreement is asked for results by every other test.
      operator().delete("/fhir/Endpoint/" + id).then().statusCode(204);
    }
  }

  private static String endpoint(String id, String organization, String client) {
    return """
    {"resourceType":"Endpoint","id":"%1$s","status":"active",
     "extension":[{"url":"https://yitong.io/fhir/StructureDefinition/exchange-agreement","extension":[
       {"url":"name","valueString":"%3$s"},{"url":"region","valueCode":"511623"},
       {"url":"recognition-scope","valueCode":"chuanyu"},
       {"url":"token-endpoint","valueUrl":"http://localhost:1/token"},
       {"url":"client-there","valueString":"hub-chongqing"},{"url":"client-here","valueString":"%3$s"},
       {"url":"basis","valueString":"treatment contract"},{"url":"category","valueCode":"laboratory"}]}],
     "connectionType":{"system":"http://terminology.hl7.org/CodeSystem/endpoint-connection-type","code":"hl7-fhir-rest"},
     "managingOrganization":{"reference":"Organization/%2$s"},"payloadType":[{"text":"FHIR R4"}],
     "address":"http://localhost:1/fhir"}\
    """
        .formatted(id, organization, client);
  }
}
