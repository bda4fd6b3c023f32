package io.yitong.hub.terminology;

import com.google.common.base.Suppliers;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.fhir.step.WriteStep;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;

/**
 * Adds LOINC to the codes of the writing institution's results and orders, and UCUM to their units.
 * The unit takes part: where a result's unit measures another kind of quantity than the code map
 * says, the LOINC code would be that of another property and is left off.
 */
@ApplicationScoped
class AddStandardCodes implements WriteStep {
  private static final int AFTER_IDENTITY = 200;

  private final CodeMaps maps;
  private final Units units;

  AddStandardCodes(CodeMaps maps, Units units) {
    this.maps = maps;
    this.units = units;
  }

  @Override
  public int order() {
    return AFTER_IDENTITY;
  }

  @Override
  public void before(WriteBatch batch) {
    var institution = batch.context().institution();
    if (institution.isEmpty()) {
      return;
    }
    // A file is looked at: not for what has neither a code nor a unit to be mapped.
    var map = Suppliers.memoize(() -> maps.of(institution.get()));
    var system = labCodes(institution.get());
    batch.edit(
        Observation.class,
        result -> isLocal(result, system) || hasUncodedUnit(result),
        result -> observation(result, map.get(), system));
    batch.edit(
        ServiceRequest.class,
        order -> isLocal(order, system),
        order -> addLoinc(order.getCode(), map.get(), system));
    batch.edit(
        DiagnosticReport.class,
        report -> isLocal(report, system),
        report -> addLoinc(report.getCode(), map.get(), system));
  }

  private static String labCodes(InstitutionId institution) {
    return institution.numberSystem("lab-code");
  }

  /** Whether it has a code of the institution's own, and none of LOINC yet. */
  private static boolean isLocal(Element resource, String system) {
    var local = false;
    for (var code : resource.children("code")) {
      for (var coding : code.children("coding")) {
        var named = coding.value("system").orElse("");
        if (named.equals(NamingSystems.LOINC)) {
          return false;
        }
        local |= named.equals(system);
      }
    }
    return local;
  }

  private static boolean hasUncodedUnit(Element element) {
    for (var child : element.children()) {
      if ((child.child("unit").isPresent() && child.child("code").isEmpty())
          || hasUncodedUnit(child)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @return whether anything was added
   */
  private boolean observation(Observation observation, CodeMap map, String system) {
    var row = row(observation.getCode(), map, system);
    var expected = row.flatMap(CodeMap.Row::unit);
    var values = values(observation);
    var changed = false;
    if (row.isPresent() && row.get().loinc().isPresent() && agree(values, expected)) {
      addLoinc(observation.getCode(), row.get());
      changed = true;
    }
    for (var value : values) {
      changed |= addUcum(value, expected);
    }
    for (var range : observation.getReferenceRange()) {
      changed |= addUcum(range.getLow(), expected);
      changed |= addUcum(range.getHigh(), expected);
    }
    return changed;
  }

  /** The quantities a result consists of: one, or one per component. */
  private static List<Quantity> values(Observation observation) {
    var quantities = new ArrayList<Quantity>();
    add(observation.getValue(), quantities);
    observation.getComponent().forEach(component -> add(component.getValue(), quantities));
    return quantities;
  }

  private static void add(Type value, List<Quantity> quantities) {
    if (value instanceof Quantity quantity) {
      quantities.add(quantity);
    }
  }

  /** A result in words has no unit to contradict; a number without a unit says too little. */
  private boolean agree(List<Quantity> values, Optional<String> expected) {
    return values.stream().allMatch(value -> agree(value, expected));
  }

  private boolean agree(Quantity value, Optional<String> expected) {
    var written = written(value);
    if (written.isEmpty()) {
      return expected.isPresent() && needsNoUnit(expected.get());
    }
    return expected.isPresent() && units.ucumOfKind(written, expected.get()).isPresent();
  }

  /** Ratios, INR and pH are commonly written without a unit. */
  private static boolean needsNoUnit(String unit) {
    return unit.startsWith("{") || unit.equals("[pH]") || unit.equals("1");
  }

  private boolean addUcum(Quantity quantity, Optional<String> expected) {
    var written = written(quantity);
    if (written.isEmpty() || quantity.hasCode()) {
      return false;
    }
    var code =
        expected.flatMap(unit -> units.ucumOfKind(written, unit)).or(() -> units.ucum(written));
    code.ifPresent(known -> quantity.setSystem(NamingSystems.UCUM).setCode(known));
    return code.isPresent();
  }

  private static String written(Quantity quantity) {
    if (NamingSystems.UCUM.equals(quantity.getSystem()) && quantity.hasCode()) {
      return quantity.getCode();
    }
    return quantity.hasUnit() ? quantity.getUnit() : "";
  }

  private static boolean addLoinc(CodeableConcept concept, CodeMap map, String system) {
    var row = row(concept, map, system).filter(known -> known.loinc().isPresent());
    row.ifPresent(known -> addLoinc(concept, known));
    return row.isPresent();
  }

  private static void addLoinc(CodeableConcept concept, CodeMap.Row row) {
    concept.addCoding(
        new Coding().setSystem(NamingSystems.LOINC).setCode(row.loinc().orElseThrow()));
  }

  /** Empty as well where the sender gave a LOINC code itself. */
  private static Optional<CodeMap.Row> row(CodeableConcept concept, CodeMap map, String system) {
    Optional<CodeMap.Row> row = Optional.empty();
    for (var coding : concept.getCoding()) {
      if (NamingSystems.LOINC.equals(coding.getSystem())) {
        return Optional.empty();
      }
      if (system.equals(coding.getSystem()) && coding.hasCode() && row.isEmpty()) {
        row = map.of(coding.getCode());
      }
    }
    return row;
  }
}
