package io.yitong.hub.recognition.quality;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;

/**
 * What the quality-control body said of one laboratory and item, and when it was recorded here.
 *
 * @param <F> the fact as the decision knows it
 */
@MappedSuperclass
abstract class QualityRow<F> extends PanacheEntityBase {
  static final String CURRENT = "supersededAt is null";
  static final String CURRENT_OF = CURRENT + " and laboratory in ?1";

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  String laboratory;
  String loinc;

  @Column(name = "recorded_at")
  Instant recordedAt;

  @Column(name = "recorded_by")
  String recordedBy;

  @Column(name = "superseded_at")
  Instant supersededAt;

  abstract F fact();
}
