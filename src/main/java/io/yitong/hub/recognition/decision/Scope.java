package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Within which institutions recognise each other's results.
 *
 * @param rank smaller for narrower scopes; the narrowest that two institutions share is the one
 *     that counts
 * @param markChinese what a recognised item's result carries, for example 川渝HR
 * @param regions prefixes of GB/T 2260 codes; none and no institutions means the whole country
 * @param institutions members by name, as in a consortium
 */
public record Scope(
    String code,
    int rank,
    String markChinese,
    String markEnglish,
    List<String> regions,
    List<InstitutionId> institutions,
    LocalDate from,
    Optional<LocalDate> until) {
  public Scope {
    regions = List.copyOf(regions);
    institutions = List.copyOf(institutions);
  }

  boolean inForce(LocalDate day) {
    return !day.isBefore(from) && (until.isEmpty() || !day.isAfter(until.get()));
  }

  public boolean includes(InstitutionId institution) {
    return (regions.isEmpty() && institutions.isEmpty())
        || institutions.contains(institution)
        || regions.stream().anyMatch(institution.name()::startsWith);
  }
}
