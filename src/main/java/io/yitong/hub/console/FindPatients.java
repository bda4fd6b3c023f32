package io.yitong.hub.console;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.console.PatientRecord.Demographics;
import io.yitong.hub.console.PersonRecord.Person;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.ResourceType;

/** Finds the people a number stands for, among those the user may see. */
@ApplicationScoped
class FindPatients {
  /** More than one number or card leads to; a page of strangers helps nobody. */
  private static final int MOST = 20;

  private final AccessRules rules;
  private final SearchRecord record;
  private final PersonRecord persons;
  private final DescribePatient describe;

  FindPatients(
      AccessRules rules, SearchRecord record, PersonRecord persons, DescribePatient describe) {
    this.rules = rules;
    this.record = record;
    this.persons = persons;
    this.describe = describe;
  }

  /**
   * @param number of the user's own institution
   */
  List<Demographics> byNumber(Caller caller, String number) {
    var institution =
        caller.institution().orElseThrow(() -> new HubException(ErrorCode.NOT_PERMITTED, ""));
    return find(caller, institution.numberSystem("patient"), number.strip());
  }

  List<Demographics> byResidentId(Caller caller, String residentId) {
    return find(
        caller,
        NamingSystems.RESIDENT_ID,
        residentId.replaceAll("\\s", "").toUpperCase(Locale.ROOT));
  }

  private List<Demographics> find(Caller caller, String system, String value) {
    var filter = rules.reading(caller, ResourceType.Patient, Permission.SEARCH);
    var found = record.search(byIdentifier(system, value), filter).matches();
    Map<Object, Person> people = new LinkedHashMap<>();
    for (var stored : found) {
      persons
          .of(stored.key().id(), filter)
          .ifPresent(person -> people.merge(identity(person), person, (a, b) -> own(caller, a, b)));
    }
    return people.values().stream().map(describe::describe).toList();
  }

  /** One person is one line, whatever the number of institutions that know it. */
  private static Object identity(Person person) {
    return person.person().<Object>map(id -> id).orElse(person.asked().getIdPart());
  }

  private static Person own(Caller caller, Person one, Person other) {
    return PersonRecord.institution(other.asked()).equals(caller.institution()) ? other : one;
  }

  private static SearchQuery byIdentifier(String system, String value) {
    var token = system + "|" + value;
    return new SearchQuery(
        ResourceType.Patient,
        List.of(new Criterion("identifier", "", List.of(token))),
        List.of(),
        List.of(),
        List.of(),
        OptionalInt.of(MOST),
        false,
        false,
        Optional.empty());
  }
}
