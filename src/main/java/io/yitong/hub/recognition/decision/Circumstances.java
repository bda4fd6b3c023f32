package io.yitong.hub.recognition.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a rule may look at besides the result itself.
 *
 * @param results every result of the item, valid or not, the judged one among them
 */
record Circumstances(
    Item item,
    Order order,
    List<Candidate> results,
    Evidence evidence,
    Catalogue catalogue,
    Comparables comparables,
    Instant moment) {
  LocalDate today() {
    return RegionTime.day(moment);
  }

  /**
   * The scopes in which the ordering institution and the result's laboratory recognise each other,
   * narrowest first. What came from a partner counts under the agreement's scope only.
   */
  List<Scope> scopesSharedWith(Candidate result) {
    var laboratory = result.laboratory();
    if (laboratory.isEmpty()) {
      return List.of();
    }
    var agreed = result.source().agreementScope();
    return catalogue.scopes().stream()
        .filter(scope -> scope.inForce(today()) && scope.includes(order.institution()))
        .filter(
            scope ->
                agreed.isPresent()
                    ? agreed.get().equals(scope.code())
                    : scope.includes(laboratory.get().id()))
        .toList();
  }
}
