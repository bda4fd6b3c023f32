package io.yitong.hub.console;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.console.PersonRecord.Person;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.recognition.decision.Catalogue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** A person's laboratory results over time: the region's and those held from partner hubs. */
@ApplicationScoped
class ShowResults {
  private final AccessRules rules;
  private final PersonRecord persons;
  private final DescribePatient describe;
  private final RegionalResults regional;
  private final HeldResults held;
  private final Naming naming = new Naming(Catalogue.load());

  ShowResults(
      AccessRules rules,
      PersonRecord persons,
      DescribePatient describe,
      RegionalResults regional,
      HeldResults held) {
    this.rules = rules;
    this.persons = persons;
    this.describe = describe;
    this.regional = regional;
    this.held = held;
  }

  /**
   * @throws HubException NOT_PERMITTED for a Patient the user may not see and for one that does not
   *     exist alike
   */
  PatientRecord show(Caller caller, String patientId) {
    var person = personOf(caller, patientId);
    var filter = rules.reading(caller, ResourceType.Observation, Permission.SEARCH);
    var found = regional.of(person, caller, filter);
    var fetched = person.person().map(held::of).orElse(List.of());
    var contributions =
        Stream.concat(
                found.contributions().stream(),
                fetched.stream().flatMap(answer -> answer.contribution().stream()))
            .toList();

    var analytes = new GroupResults(naming);
    contributions.forEach(contribution -> contribution.sortInto(analytes));
    return new PatientRecord(
        describe.describe(person),
        analytes.sorted(),
        contributions.stream().map(Contribution::source).toList(),
        fetched.stream().map(HeldResults.Held::state).toList(),
        found.earlierLeftOut());
  }

  private Person personOf(Caller caller, String patientId) {
    return persons
        .of(patientId, rules.reading(caller, ResourceType.Patient, Permission.READ))
        .orElseThrow(() -> new HubException(ErrorCode.NOT_PERMITTED, ""));
  }
}
