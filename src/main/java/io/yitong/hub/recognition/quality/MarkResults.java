package io.yitong.hub.recognition.quality;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Evidence;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.recognition.decision.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * Puts the recognition mark on laboratory results from the register, and takes off any that came
 * with them: what a laboratory prints is a claim. A result valid in several scopes carries the
 * widest mark.
 */
@ApplicationScoped
class MarkResults implements WriteStep {
  static final String MARK_SYSTEM = NamingSystems.BASE + "CodeSystem/recognition-mark";

  private final QualityRegister register;
  private final List<Scope> widestFirst;

  MarkResults(QualityRegister register, Catalogue catalogue) {
    this.register = register;
    this.widestFirst = new ArrayList<>(catalogue.scopes());
    Collections.reverse(widestFirst);
  }

  @Override
  public int order() {
    return 300;
  }

  @Override
  public void before(WriteBatch batch) {
    var register = new Register(batch.context().institution().isPresent());
    batch.edit(Observation.class, MarkResults::mayHaveMark, register::mark);
  }

  /** The register as it stands at one write, read when the first result needs it. */
  private final class Register {
    private final boolean marks;
    private Optional<Evidence> evidence = Optional.empty();

    private Register(boolean marks) {
      this.marks = marks;
    }

    private boolean mark(Observation result) {
      var changed = removeMark(result);
      if (!marks || !isLaboratory(result)) {
        return changed;
      }
      if (evidence.isEmpty()) {
        evidence = Optional.of(register.evidence());
      }
      var scope = scope(result, evidence.get());
      scope.ifPresent(found -> MarkResults.mark(result, found));
      return changed || scope.isPresent();
    }
  }

  /** Whether it says who measured it, or bears a mark already. */
  private static boolean mayHaveMark(Element result) {
    return result.children("performer").stream().anyMatch(p -> p.child("identifier").isPresent())
        || result.children("extension").stream()
            .anyMatch(
                e -> e.value("url").filter(NamingSystems.RECOGNITION_MARK::equals).isPresent());
  }

  private Optional<Scope> scope(Observation result, Evidence evidence) {
    var laboratory = laboratory(result);
    var item = item(result);
    if (laboratory.isEmpty() || item.isEmpty() || !result.hasEffectiveDateTimeType()) {
      return Optional.empty();
    }
    var collected = result.getEffectiveDateTimeType().getValue();
    if (collected == null) {
      return Optional.empty();
    }
    var day = RegionTime.day(collected.toInstant());
    return widestFirst.stream()
        .filter(scope -> scope.includes(laboratory.get()))
        .filter(scope -> evidence.passed(laboratory.get(), item.get(), scope.code(), day))
        .findFirst();
  }

  private static void mark(Observation result, Scope scope) {
    result.addExtension(
        NamingSystems.RECOGNITION_MARK,
        new CodeableConcept()
            .addCoding(new Coding(MARK_SYSTEM, scope.code(), scope.markChinese()))
            .setText(scope.markChinese()));
  }

  private static boolean removeMark(Observation result) {
    return result.getExtension().removeIf(e -> NamingSystems.RECOGNITION_MARK.equals(e.getUrl()));
  }

  private static boolean isLaboratory(Observation result) {
    return result.getCategory().stream()
        .flatMap(category -> category.getCoding().stream())
        .anyMatch(
            coding ->
                NamingSystems.OBSERVATION_CATEGORY.equals(coding.getSystem())
                    && "laboratory".equals(coding.getCode()));
  }

  private static Optional<Loinc> item(Observation result) {
    return result.getCode().getCoding().stream()
        .filter(coding -> NamingSystems.LOINC.equals(coding.getSystem()))
        .flatMap(coding -> Loinc.parse(coding.getCode()).stream())
        .findFirst();
  }

  private static Optional<InstitutionId> laboratory(Observation result) {
    return result.getPerformer().stream()
        .map(Reference::getIdentifier)
        .filter(identifier -> NamingSystems.URI.equals(identifier.getSystem()))
        .flatMap(identifier -> Laboratory.named(identifier.getValue(), "").stream())
        .map(Laboratory::id)
        .findFirst();
  }
}
