package io.yitong.hub.exchange;

import java.util.Set;

/**
 * A hub of another region with which there is an agreement.
 *
 * @param id FHIR id of its Organization and Endpoint here
 * @param regionCode GB/T 2260
 * @param baseUrl its FHIR base, without a trailing slash
 * @param scope recognition scope its results count under, for example {@code chuanyu}
 * @param categories Observation categories the agreement covers
 */
public record Partner(
    String id,
    String regionCode,
    String nameZh,
    String nameEn,
    String baseUrl,
    String scope,
    Set<String> categories) {
  public Partner {
    categories = Set.copyOf(categories);
  }
}
