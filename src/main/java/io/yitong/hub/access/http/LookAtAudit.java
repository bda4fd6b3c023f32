package io.yitong.hub.access.http;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.access.OwnRecords;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.audit.search.AuditEntry;
import io.yitong.hub.access.audit.search.AuditLog;
import io.yitong.hub.access.audit.search.AuditQuery;
import io.yitong.hub.access.audit.search.RowId;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Looks at the audit, which is itself a look on record. The privacy officer sees all of it, a
 * patient what concerns them.
 */
@ApplicationScoped
class LookAtAudit {
  private final CurrentCaller current;
  private final AccessRules rules;
  private final OwnRecords records;
  private final AuditLog log;
  private final AuditTrail audit;

  LookAtAudit(
      CurrentCaller current,
      AccessRules rules,
      OwnRecords records,
      AuditLog log,
      AuditTrail audit) {
    this.current = current;
    this.rules = rules;
    this.records = records;
    this.log = log;
    this.audit = audit;
  }

  /**
   * @param patients those whose rows may be seen; empty for all
   */
  private record Reach(Set<String> patients) {
    boolean isOfAll() {
      return patients.isEmpty();
    }

    AuditEntry shown(AuditEntry entry) {
      return isOfAll() ? entry : entry.shownTo(patients);
    }
  }

  /** What was asked, as far as it goes into the look's own row. */
  private record Question(char action, String interaction, String what, String query) {}

  /**
   * @param query as sent
   * @throws HubException NOT_PERMITTED, SCOPE_MISSING, SEARCH_PARAMETER_UNKNOWN,
   *     SEARCH_VALUE_INVALID or SEARCH_TOO_SLOW
   */
  AuditLog.Page search(String query) {
    return recorded(
        new Question('E', "search-type", "AuditEvent", query),
        Permission.SEARCH,
        reach -> {
          var asked = AuditParameters.parse(query);
          var page = log.search(within(reach, asked));
          return new AuditLog.Page(page.entries().stream().map(reach::shown).toList(), page.next());
        },
        page -> AuditParameters.patients(query));
  }

  /**
   * @throws HubException NOT_PERMITTED or SCOPE_MISSING; RESOURCE_NOT_FOUND also for a row that
   *     concerns others
   */
  AuditEntry read(String id) {
    return recorded(
        new Question('R', "read", "AuditEvent/" + id, ""),
        Permission.READ,
        reach ->
            RowId.parse(id)
                .flatMap(
                    row ->
                        log.search(AuditQuery.of(row, reach.patients())).entries().stream()
                            .findFirst())
                .map(reach::shown)
                .orElseThrow(
                    () -> new HubException(ErrorCode.RESOURCE_NOT_FOUND, "", "AuditEvent/" + id)),
        entry -> entry.row().patients());
  }

  private static AuditQuery within(Reach reach, AuditQuery asked) {
    if (reach.isOfAll()) {
      return asked;
    }
    if (!reach.patients().containsAll(asked.patients())) {
      throw new HubException(ErrorCode.NOT_PERMITTED, "");
    }
    return asked.patients().isEmpty() ? asked.among(reach.patients()) : asked;
  }

  private <T> T recorded(
      Question question,
      Permission permission,
      Function<Reach, T> work,
      Function<T, List<String>> concerned) {
    var caller = current.get();
    var own = isPatient(caller) ? caller.patient().stream().toList() : List.<String>of();
    try {
      var answer = work.apply(reach(caller, permission));
      var patients = own.isEmpty() ? concerned.apply(answer) : own;
      record(caller, question, patients, Optional.empty());
      return answer;
    } catch (HubException refusal) {
      record(caller, question, own, Optional.of(refusal.code()));
      throw refusal;
    }
  }

  private Reach reach(Caller caller, Permission permission) {
    if (!isPatient(caller)) {
      rules.reading(caller, ResourceType.AuditEvent, permission);
      return new Reach(Set.of());
    }
    if (!caller.scopes().permits(ResourceType.AuditEvent, permission)) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING,
          "",
          ResourceType.AuditEvent.name(),
          permission.name().toLowerCase(Locale.ROOT));
    }
    return new Reach(
        records.patientsOf(
            caller.patient().orElseThrow(() -> new HubException(ErrorCode.NOT_PERMITTED, ""))));
  }

  /** A privacy officer is a patient too, but not here. */
  private static boolean isPatient(Caller caller) {
    return caller.is(Role.PATIENT) && !caller.is(Role.PRIVACY_OFFICER);
  }

  private void record(
      Caller caller, Question asked, List<String> patients, Optional<ErrorCode> refusal) {
    audit.record(
        new Access(
            caller,
            asked.action(),
            asked.interaction(),
            asked.what(),
            asked.query(),
            patients,
            refusal));
  }
}
