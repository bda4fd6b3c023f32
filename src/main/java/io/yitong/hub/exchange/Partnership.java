package io.yitong.hub.exchange;

import io.yitong.hub.access.Agreement;
import java.net.URI;

/**
 * A partner and the terms under which the two hubs deal.
 *
 * @param organization FHIR id of its Organization here
 * @param tokenEndpoint of the partner's issuer
 * @param clientThere the client id this hub has at the partner's issuer
 * @param clientHere the client id the partner has at ours
 * @param basis legal basis as the agreement words it
 */
record Partnership(
    Partner partner,
    String organization,
    Agreement agreement,
    URI tokenEndpoint,
    String clientThere,
    String clientHere,
    String basis) {}
