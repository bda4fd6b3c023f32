package io.yitong.hub.record.bulk.export;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.privacy.DeidentificationProfile;
import io.yitong.hub.access.privacy.Deidentify;
import io.yitong.hub.access.privacy.PrivacyKey;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Pseudonymised;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.bulk.BulkFolder;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.JobFile.Role;
import io.yitong.hub.record.bulk.JobWork;
import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.NdjsonFiles;
import io.yitong.hub.record.bulk.OpenTransactions;
import io.yitong.hub.record.bulk.Pause;
import io.yitong.hub.record.bulk.export.ExportOrder.Level;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.sql.DatabaseFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupMemberComponent;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Writes the files of an export (Bulk Data Access 2.0) from one snapshot of the database: all of
 * them together are the state of one moment, as the caller may see it. Stored bytes are copied, a
 * few rows in memory at a time. Begun anew after a break, with a new moment: a snapshot ends with
 * its session.
 */
@ApplicationScoped
public class ExportResources implements JobWork {
  public static final String KIND = "export";

  /** By how much the clocks of hub processes may differ. */
  private static final Duration CLOCKS = Duration.ofMillis(50);

  private static final int DELETIONS_IN_A_BUNDLE = 100;

  private final DataSource database;
  private final AccessRules rules;
  private final SearchRecord search;
  private final PrivacyKey key;
  private final OpenTransactions open;
  private final BulkFolder folder;
  private final Clock clock;

  ExportResources(
      DataSource database,
      AccessRules rules,
      SearchRecord search,
      PrivacyKey key,
      OpenTransactions open,
      BulkFolder folder,
      Clock clock) {
    this.database = database;
    this.rules = rules;
    this.search = search;
    this.key = key;
    this.open = open;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<JobFile> run(Job job, Lease lease) {
    folder.remove(job.id());
    var target = folder.make(job.id()).resolve("try-" + job.attempts());
    var finished = false;
    try (var connection = database.getConnection()) {
      var moment = settledMoment(lease);
      var snapshot = new ReadSnapshot(connection);
      try {
        var files = files(job, moment, target, snapshot, lease);
        finished = true;
        return files;
      } finally {
        snapshot.end();
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    } finally {
      if (!finished) {
        BulkFolder.remove(target);
      }
    }
  }

  /** A moment up to which everything is committed that ever will be. */
  private Instant settledMoment(Lease lease) {
    var moment = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    lease.transactionTime(moment);
    Pause.of(CLOCKS);
    open.awaitEnd(lease);
    return moment;
  }

  private List<JobFile> files(
      Job job, Instant moment, Path target, ReadSnapshot snapshot, Lease lease) {
    var order = ExportOrder.read(job.instruction());
    var profile = profile(order, job);
    if (profile.isPresent()) {
      return deidentified(profile.get(), job, order, moment, snapshot, lease)
          .files(order.types(), target, moment);
    }
    var patients = patients(order, job, snapshot.connection());
    var files = new ArrayList<JobFile>();
    var written = 0L;
    for (var type : snapshot.present(order.types())) {
      var selection = selection(order, type, patients, job, moment, snapshot);
      try (var output = new NdjsonFiles(target, Role.OUTPUT, type.name())) {
        written = snapshot.copy(selection.unchangedSince(), output, written, lease);
        written = snapshot.copy(selection.asItWas(), output, written, lease);
        files.addAll(output.finish());
      }
    }
    if (order.since() != null) {
      files.addAll(deletions(order, patients, job, moment, target, snapshot));
    }
    files.addAll(remarks(order, target));
    return files;
  }

  /** By which what leaves is de-identified; all of it, or nothing is. */
  private Optional<DeidentificationProfile> profile(ExportOrder order, Job job) {
    var reaches = order.types().stream().map(type -> filter(job, type).reach()).distinct().toList();
    if (reaches.stream().noneMatch(Pseudonymised.class::isInstance)) {
      return Optional.empty();
    }
    if (reaches.size() != 1) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    return Optional.of(DeidentificationProfile.named(((Pseudonymised) reaches.get(0)).profile()));
  }

  private ExportDeidentified deidentified(
      DeidentificationProfile profile,
      Job job,
      ExportOrder order,
      Instant moment,
      ReadSnapshot snapshot,
      Lease lease) {
    var deidentify =
        new Deidentify(
            profile,
            key.pseudonyms(profile, job.caller().client()),
            moment.atOffset(ZoneOffset.UTC).toLocalDate());
    return new ExportDeidentified(
        profile,
        deidentify,
        type -> selection(order, type, Optional.empty(), job, moment, snapshot),
        snapshot,
        lease);
  }

  private ExportSelection selection(
      ExportOrder order,
      ResourceType type,
      Optional<String[]> patients,
      Job job,
      Instant moment,
      ReadSnapshot snapshot) {
    return new ExportSelection(
        order, type, patients, filter(job, type), search, snapshot.connection(), moment);
  }

  /** What the caller may see of the type now, not when it asked. */
  private ReadFilter filter(Job job, ResourceType type) {
    return rules.exporting(job.caller(), type, Permission.SEARCH);
  }

  private Optional<String[]> patients(ExportOrder order, Job job, Connection connection) {
    if (order.level() != Level.GROUP) {
      return order.patients().isEmpty()
          ? Optional.empty()
          : Optional.of(order.patients().toArray(String[]::new));
    }
    var key = new ResourceKey(ResourceType.Group, order.group());
    var members =
        ReadResource.current(List.of(key), filter(job, ResourceType.Group), connection).stream()
            .filter(group -> !group.deleted())
            .findFirst()
            .map(ExportResources::members)
            .orElseThrow(() -> new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", key.reference()));
    return Optional.of(
        members.stream()
            .filter(id -> order.patients().isEmpty() || order.patients().contains(id))
            .toArray(String[]::new));
  }

  /** Ids of the Patients that are in the Group now. */
  public static List<String> members(StoredResource group) {
    return group.as(Group.class).getMember().stream()
        .filter(member -> !member.getInactive())
        .map(GroupMemberComponent::getEntity)
        .map(Reference::getReference)
        .flatMap(reference -> ResourceKey.ofReference(reference).stream())
        .filter(key -> key.type() == ResourceType.Patient)
        .map(ResourceKey::id)
        .distinct()
        .toList();
  }

  private List<JobFile> deletions(
      ExportOrder order,
      Optional<String[]> patients,
      Job job,
      Instant moment,
      Path target,
      ReadSnapshot snapshot) {
    try (var output = new NdjsonFiles(target, Role.DELETED, ResourceType.Bundle.name())) {
      for (var type : snapshot.present(order.types())) {
        var selection = selection(order, type, patients, job, moment, snapshot);
        var ids = snapshot.texts(selection.deleted());
        for (var from = 0; from < ids.size(); from += DELETIONS_IN_A_BUNDLE) {
          var some = ids.subList(from, Math.min(from + DELETIONS_IN_A_BUNDLE, ids.size()));
          output.write(deletion(type, some).getBytes(StandardCharsets.UTF_8));
        }
      }
      return output.finish();
    }
  }

  private static String deletion(ResourceType type, List<String> ids) {
    var bundle =
        new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
    for (var i = 0; i < ids.size(); i++) {
      bundle
          .append(i == 0 ? "" : ",")
          .append("{\"request\":{\"method\":\"DELETE\",\"url\":\"")
          .append(type)
          .append('/')
          .append(ids.get(i))
          .append("\"}}");
    }
    return bundle.append("]}").toString();
  }

  private static List<JobFile> remarks(ExportOrder order, Path target) {
    try (var output = new NdjsonFiles(target, Role.ERROR, ResourceType.OperationOutcome.name())) {
      order.ignored().stream()
          .map(name -> Outcomes.of(ErrorCode.EXPORT_PARAMETER_IGNORED, name, name))
          .forEach(
              outcome -> {
                outcome.getIssueFirstRep().setSeverity(IssueSeverity.WARNING);
                output.write(FhirJson.write(outcome));
              });
      return output.finish();
    }
  }
}
