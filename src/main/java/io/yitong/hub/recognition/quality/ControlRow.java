package io.yitong.hub.recognition.quality;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.recognition.decision.InternalControl;
import io.yitong.hub.recognition.decision.Loinc;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of quality_control. */
@Entity
@Table(name = "quality_control")
class ControlRow extends QualityRow<InternalControl> {
  @Enumerated(EnumType.STRING)
  InternalControl.State state;

  Instant since;

  /** By what a newer upload replaces it. */
  record Key(InstitutionId laboratory, Loinc item, Instant since) {
    static Key of(InternalControl control) {
      return new Key(control.laboratory(), control.item(), control.since());
    }
  }

  static ControlRow of(InternalControl control) {
    var row = new ControlRow();
    row.laboratory = control.laboratory().urn();
    row.loinc = control.item().code();
    row.state = control.state();
    row.since = control.since();
    return row;
  }

  @Override
  InternalControl fact() {
    return new InternalControl(new InstitutionId(laboratory), new Loinc(loinc), state, since);
  }
}
