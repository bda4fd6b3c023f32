package io.yitong.hub.recognition.quality;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.recognition.decision.EqaRound;
import io.yitong.hub.recognition.decision.Loinc;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** A row of quality_eqa. */
@Entity
@Table(name = "quality_eqa")
class EqaRow extends QualityRow<EqaRound> {
  String scope;
  String round;
  boolean passed;
  LocalDate surveyed;
  LocalDate published;

  @Column(name = "valid_until")
  LocalDate validUntil;

  /** By what a newer upload replaces it. */
  record Key(InstitutionId laboratory, Loinc item, String scope, String round) {
    static Key of(EqaRound round) {
      return new Key(round.laboratory(), round.item(), round.scope(), round.round());
    }
  }

  static EqaRow of(EqaRound round) {
    var row = new EqaRow();
    row.laboratory = round.laboratory().urn();
    row.loinc = round.item().code();
    row.scope = round.scope();
    row.round = round.round();
    row.passed = round.passed();
    row.surveyed = round.surveyed();
    row.published = round.published();
    row.validUntil = round.validUntil();
    return row;
  }

  @Override
  EqaRound fact() {
    return new EqaRound(
        new InstitutionId(laboratory),
        new Loinc(loinc),
        scope,
        round,
        passed,
        surveyed,
        published,
        validUntil);
  }
}
