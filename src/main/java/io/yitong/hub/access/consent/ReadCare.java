package io.yitong.hub.access.consent;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Which resources put a patient in an institution's care, and until when: an open Encounter of the
 * institution, a referral or consultation that it has accepted from another, a family doctor's
 * contract of its. One rule a type, each a function of the resource and of whose it is.
 */
public final class ReadCare {
  /** Types that are ever a ground. */
  public static final Set<ResourceType> TYPES =
      Set.of(ResourceType.Encounter, ResourceType.Task, ResourceType.Contract);

  /** Of Task.code and Contract.type. */
  public static final String TASK_KINDS = NamingSystems.BASE + "CodeSystem/collaboration-task";

  public static final String CONTRACT_KINDS = NamingSystems.BASE + "CodeSystem/contract-type";

  private static final Set<String> OPEN_VISITS =
      Set.of("arrived", "triaged", "in-progress", "onleave");
  private static final Set<String> OPEN_TASKS = Set.of("accepted", "in-progress", "on-hold");
  private static final Set<String> OPENING_TASKS = Set.of("referral", "consultation");

  private ReadCare() {}

  /**
   * @param owner whose resource it is
   * @param written when this version was
   * @param followUp how long an institution has a patient in care after a visit ended
   */
  public static Optional<CareGround> of(
      Element resource, InstitutionId owner, Instant written, Duration followUp) {
    return switch (ResourceType.fromCode(resource.type())) {
      case Encounter -> visit(resource, owner, written, followUp);
      case Task -> task(resource, owner);
      case Contract -> contract(resource, owner);
      default -> Optional.empty();
    };
  }

  static Optional<CareGround> visit(
      Element encounter, InstitutionId owner, Instant written, Duration followUp) {
    var status = encounter.value("status").orElse("");
    var ended = end(encounter, "period");
    if (OPEN_VISITS.contains(status)) {
      return Optional.of(
          new CareGround(owner, ended.map(end -> end.plus(followUp)).orElse(Instant.MAX)));
    }
    return status.equals("finished")
        ? Optional.of(new CareGround(owner, ended.orElse(written).plus(followUp)))
        : Optional.empty();
  }

  /** Asked by another: nobody opens a record to itself by a Task. */
  static Optional<CareGround> task(Element task, InstitutionId asker) {
    var opens =
        OPEN_TASKS.contains(task.value("status").orElse(""))
            && hasCode(task, "code", TASK_KINDS, OPENING_TASKS);
    return opens
        ? task.child("owner")
            .flatMap(ReadCare::institution)
            .filter(asked -> !asked.equals(asker))
            .map(asked -> new CareGround(asked, end(task, "executionPeriod").orElse(Instant.MAX)))
        : Optional.empty();
  }

  static Optional<CareGround> contract(Element contract, InstitutionId owner) {
    var holds =
        contract.value("status").equals(Optional.of("executed"))
            && hasCode(contract, "type", CONTRACT_KINDS, Set.of("family-doctor"));
    return holds
        ? Optional.of(new CareGround(owner, end(contract, "applies").orElse(Instant.MAX)))
        : Optional.empty();
  }

  /** The institution that a Reference names: its Organization here, or its identifier. */
  static Optional<InstitutionId> institution(Element reference) {
    var literal =
        reference
            .value("reference")
            .flatMap(ResourceKey::ofReference)
            .filter(key -> key.type() == ResourceType.Organization)
            .map(key -> "urn:yitong:institution:" + key.id());
    var logical =
        reference
            .child("identifier")
            .filter(identifier -> identifier.value("system").equals(Optional.of(NamingSystems.URI)))
            .flatMap(identifier -> identifier.value("value"));
    return Stream.of(literal, logical)
        .flatMap(Optional::stream)
        .flatMap(urn -> parse(urn).stream())
        .findFirst();
  }

  private static Optional<InstitutionId> parse(String urn) {
    try {
      return Optional.of(new InstitutionId(urn));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  private static boolean hasCode(Element resource, String name, String system, Set<String> codes) {
    return resource.children(name).stream()
        .flatMap(concept -> concept.children("coding").stream())
        .filter(coding -> coding.value("system").equals(Optional.of(system)))
        .flatMap(coding -> coding.value("code").stream())
        .anyMatch(codes::contains);
  }

  private static Optional<Instant> end(Element resource, String period) {
    return resource
        .child(period)
        .flatMap(found -> found.value("end"))
        .flatMap(DateRange::parse)
        .map(DateRange::high);
  }
}
