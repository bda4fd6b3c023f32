package io.yitong.hub.recognition.books;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.recognition.decision.Price;
import java.util.List;
import java.util.Optional;

/**
 * A card as it was shown.
 *
 * @param eligible it recommended to withdraw the order, and so counts as a prompt
 * @param patient FHIR id of the ordering institution's Patient
 * @param visit the encounter, or the day where none was named
 * @param item charge item or LOINC code
 * @param draft the draft ServiceRequest as JSON; empty where nothing was being ordered
 * @param sources references of the results it was about
 */
public record Shown(
    CardId card,
    boolean eligible,
    InstitutionId institution,
    String client,
    String patient,
    PersonId person,
    String visit,
    String item,
    String catalogue,
    Price price,
    Optional<String> draft,
    List<String> sources) {
  public Shown {
    sources = List.copyOf(sources);
  }
}
