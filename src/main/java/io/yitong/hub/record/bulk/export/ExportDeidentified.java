package io.yitong.hub.record.bulk.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.access.privacy.AnonymityReport;
import io.yitong.hub.access.privacy.AnonymousClasses;
import io.yitong.hub.access.privacy.CountClasses;
import io.yitong.hub.access.privacy.DeidentificationProfile;
import io.yitong.hub.access.privacy.Deidentify;
import io.yitong.hub.access.privacy.Deidentify.Given;
import io.yitong.hub.access.privacy.Deidentify.Withheld;
import io.yitong.hub.access.privacy.Traits;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobFile.Role;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.NdjsonFiles;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The files of an export as a profile shows them. The region's Patients are read twice: first they
 * are counted, for k-anonymity, then it is decided of each what is told. In memory are the classes,
 * and the persons of whom nothing is told: fewer than k of all, and those no profile can reduce.
 */
final class ExportDeidentified {
  private static final int ROWS = 100;
  private static final String REPORT = "k-anonymity";

  private final DeidentificationProfile profile;
  private final Deidentify deidentify;
  private final Function<ResourceType, ExportSelection> selection;
  private final ReadSnapshot snapshot;
  private final Lease lease;
  private final Set<String> untold = new HashSet<>();
  private long done;

  ExportDeidentified(
      DeidentificationProfile profile,
      Deidentify deidentify,
      Function<ResourceType, ExportSelection> selection,
      ReadSnapshot snapshot,
      Lease lease) {
    this.profile = profile;
    this.deidentify = deidentify;
    this.selection = selection;
    this.snapshot = snapshot;
    this.lease = lease;
  }

  List<JobFile> files(List<ResourceType> types, Path target, Instant moment) {
    var classes = count();
    var report = new AnonymityReport(profile, classes);
    var files = new ArrayList<JobFile>();
    try (var output = new NdjsonFiles(target, Role.OUTPUT, ResourceType.Patient.name())) {
      var asked = types.contains(ResourceType.Patient);
      eachPerson(
          person -> tell(person, classes, report, asked ? Optional.of(output) : Optional.empty()));
      files.addAll(output.finish());
    }
    for (var type : snapshot.present(types)) {
      if (type != ResourceType.Patient) {
        files.addAll(resources(type, target, report));
      }
    }
    try (var output = new NdjsonFiles(target, Role.REPORT, REPORT)) {
      output.write(report.write(moment));
      files.addAll(output.finish());
    }
    return files;
  }

  /** The Patients of one person, as far as they can be given. */
  private record Person(String id, List<ObjectNode> given, List<Withheld> withheld) {
    Person(String id) {
      this(id, new ArrayList<>(), new ArrayList<>());
    }
  }

  private interface PersonTaker {
    void take(Person person);
  }

  private AnonymousClasses count() {
    var count = new CountClasses(profile);
    eachPerson(
        person -> {
          if (person.withheld().isEmpty()) {
            count.add(Traits.of(person.given(), profile.quasiIdentifiers()));
          }
        });
    return count.decide();
  }

  /** Of whom one Patient cannot be given, nothing is: their class would not be known. */
  private void tell(
      Person person,
      AnonymousClasses classes,
      AnonymityReport report,
      Optional<NdjsonFiles> output) {
    var told =
        Optional.of(person)
            .filter(each -> each.withheld().isEmpty())
            .map(each -> Traits.of(each.given(), profile.quasiIdentifiers()))
            .flatMap(classes::told);
    if (told.isEmpty()) {
      untold.add(person.id());
      person.withheld().forEach(each -> report.withheld(each.why()));
      person.given().forEach(each -> report.suppressed());
      return;
    }
    output.ifPresent(
        file ->
            person
                .given()
                .forEach(
                    patient -> {
                      told.get().tellIn(patient);
                      write(new Given(patient), file, report);
                    }));
  }

  /** They come ordered by person. */
  private void eachPerson(PersonTaker taker) {
    var last = new Person[] {null};
    selection
        .apply(ResourceType.Patient)
        .ofPersons(true)
        .each(
            snapshot.connection(),
            ROWS,
            row -> {
              lease.check();
              var id = row.getString(3);
              if (last[0] == null || !last[0].id().equals(id)) {
                finish(last[0], taker);
                last[0] = new Person(id);
              }
              keep(reduced(row, Optional.of(id)), last[0]);
            });
    finish(last[0], taker);
  }

  private static void finish(Person person, PersonTaker taker) {
    if (person != null) {
      taker.take(person);
    }
  }

  private static void keep(Deidentify.Answer answer, Person person) {
    if (answer instanceof Given given) {
      person.given().add(given.resource());
    } else if (answer instanceof Withheld withheld) {
      person.withheld().add(withheld);
    }
  }

  private List<JobFile> resources(ResourceType type, Path target, AnonymityReport report) {
    var ofPatients = !SearchParameters.of(type).patient().isEmpty();
    Sql rows = selection.apply(type).ofPersons(ofPatients);
    try (var output = new NdjsonFiles(target, Role.OUTPUT, type.name())) {
      rows.each(
          snapshot.connection(),
          ROWS,
          row -> {
            lease.check();
            var person = Optional.ofNullable(row.getString(3));
            if (person.filter(untold::contains).isPresent()) {
              report.suppressed();
              return;
            }
            var answer = reduced(row, person);
            if (answer instanceof Given given) {
              write(given, output, report);
            } else if (answer instanceof Withheld withheld) {
              report.withheld(withheld.why());
            }
          });
      return output.finish();
    }
  }

  private Deidentify.Answer reduced(ResultSet row, Optional<String> person) throws SQLException {
    return deidentify.of(StoredText.json(row.getBytes(1)), person);
  }

  private void write(Given given, NdjsonFiles output, AnonymityReport report) {
    output.write(given.json());
    report.given(given.resource().path("resourceType").asText());
    lease.done(++done);
  }
}
