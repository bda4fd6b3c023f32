package io.yitong.hub.exchange;

import io.yitong.hub.fhir.NamingSystems;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UrlType;

/** A partner as an operator registers it: what is written through the API, for tests. */
final class Registration {
  private Registration() {}

  static Organization organization(String id) {
    var organization = new Organization();
    organization.setId(id);
    organization.setName("邻水区域平台").addAlias("Linshui hub");
    organization.addIdentifier().setSystem(NamingSystems.URI).setValue("urn:yitong:hub:" + id);
    return organization;
  }

  static Endpoint endpoint(String id, String address, String tokenEndpoint, String clientHere) {
    var endpoint = new Endpoint();
    endpoint.setId(id);
    endpoint
        .setStatus(EndpointStatus.ACTIVE)
        .setConnectionType(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                "hl7-fhir-rest",
                null))
        .setManagingOrganization(new Reference("Organization/" + id))
        .setAddress(address)
        .addPayloadType()
        .setText("FHIR R4");
    var agreement = new Extension(ExchangeAgreement.URL);
    Map.of(
            "name", new StringType("chongqing-linshui"),
            "region", new CodeType("511623"),
            "recognition-scope", new CodeType("chuanyu"),
            "token-endpoint", new UrlType(tokenEndpoint),
            "client-there", new StringType("hub-chongqing"),
            "client-here", new StringType(clientHere),
            "basis", new StringType("treatment contract"))
        .forEach((url, value) -> agreement.addExtension(new Extension(url, value)));
    List.of("laboratory")
        .forEach(code -> agreement.addExtension(new Extension("category", new CodeType(code))));
    endpoint.addExtension(agreement);
    return endpoint;
  }
}
