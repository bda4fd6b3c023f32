package io.yitong.hub.oversight.aggregate;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.privacy.SmallCells;
import io.yitong.hub.access.privacy.SmallCells.Count;
import io.yitong.hub.access.privacy.SmallCells.Told;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;

/** {@code [type]/$aggregate}: how many persons, and how many resources of theirs, by cell. */
@ApplicationScoped
class AggregateOperation implements Operation {
  private final CountPersons count;
  private final AccessRules rules;
  private final SmallCells cells;

  AggregateOperation(
      CountPersons count,
      AccessRules rules,
      @ConfigProperty(name = "yitong.privacy.smallest-cell") int smallest) {
    this.count = count;
    this.rules = rules;
    this.cells = new SmallCells(smallest);
  }

  @Override
  public OperationName name() {
    return new OperationName("aggregate");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(
        ResourceType.Patient,
        ResourceType.Encounter,
        ResourceType.Observation,
        ResourceType.Condition,
        ResourceType.DiagnosticReport,
        ResourceType.ServiceRequest,
        ResourceType.Procedure,
        ResourceType.MedicationRequest);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.REGULATOR);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/aggregate";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  /** What is counted by is the Patient's: the scopes must open that too. */
  @Override
  public OperationAnswer invoke(Invocation call) {
    var type = call.type().orElseThrow();
    var question = AggregateQuestion.of(type, call.parameters());
    var persons = rules.exporting(call.caller(), ResourceType.Patient, Permission.SEARCH);
    var filter = rules.exporting(call.caller(), type, Permission.SEARCH);
    if (!persons.extents().isEmpty() || !filter.extents().isEmpty()) {
      throw new HubException(ErrorCode.EXPORT_NOT_WHOLE, "scope", "scope");
    }
    return OperationAnswer.of(answer(question, cells.of(count.count(question, filter))));
  }

  private Parameters answer(AggregateQuestion question, Told told) {
    var answer = new Parameters();
    answer.addParameter("type", new StringType(question.type().name()));
    question.code().ifPresent(code -> answer.addParameter("code", new StringType(code)));
    question.year().ifPresent(year -> answer.addParameter("year", new StringType(year.toString())));
    answer.addParameter("by", new StringType(question.dimensions()));
    answer.addParameter("smallestCell", new IntegerType(cells.smallest()));
    answer.addParameter("withheld", new BooleanType(told.withheld()));
    told.cells().forEach((values, counted) -> cell(answer, question.by(), values, counted));
    return answer;
  }

  private static void cell(
      Parameters answer, List<Dimension> by, List<String> values, Count counted) {
    var cell = answer.addParameter().setName("cell");
    for (var i = 0; i < by.size(); i++) {
      cell.addPart().setName(by.get(i).code()).setValue(new StringType(values.get(i)));
    }
    cell.addPart().setName("persons").setValue(number(counted.persons()));
    cell.addPart().setName("resources").setValue(number(counted.resources()));
  }

  private static IntegerType number(long count) {
    return new IntegerType(Math.toIntExact(count));
  }
}
