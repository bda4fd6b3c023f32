package io.yitong.hub.recognition.quality;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Evidence;
import io.yitong.hub.recognition.decision.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;

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
    batch.edit(Observation.class, register::hasToMark, register::mark);
  }

  /** The register as it stands at one write, read when the first result needs it. */
  private final class Register {
    private final boolean marks;
    private Optional<Evidence> evidence = Optional.empty();

    private Register(boolean marks) {
      this.marks = marks;
    }

    /** Looks at what was sent, without making the model of it. */
    private boolean hasToMark(Element result) {
      return hasMark(result) || scope(Measured.of(result)).isPresent();
    }

    private boolean mark(Observation result) {
      var changed = removeMark(result);
      var scope = scope(Measured.of(result));
      scope.ifPresent(found -> MarkResults.mark(result, found));
      return changed || scope.isPresent();
    }

    private Optional<Scope> scope(Optional<Measured> measured) {
      if (!marks || measured.isEmpty()) {
        return Optional.empty();
      }
      if (evidence.isEmpty()) {
        evidence = Optional.of(register.evidence());
      }
      var result = measured.get();
      return widestFirst.stream()
          .filter(scope -> scope.includes(result.laboratory()))
          .filter(
              scope ->
                  evidence
                      .get()
                      .passed(result.laboratory(), result.item(), scope.code(), result.day()))
          .findFirst();
    }
  }

  private static boolean hasMark(Element result) {
    for (var extension : result.children("extension")) {
      if (extension.value("url").filter(NamingSystems.RECOGNITION_MARK::equals).isPresent()) {
        return true;
      }
    }
    return false;
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
}
