package io.yitong.hub.identity;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.ReadResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Patient/$match} (FHIR R4). Certain: the resident ID, with a name that does not contradict
 * and the same birth date. Probable: name, birth date and gender. A hospital gets what it may see
 * anyway; a partner, who proves by the resident ID and the name that it knows the person, gets
 * certain matches only, and of them no more than it needs to ask on.
 */
@ApplicationScoped
class MatchPatients implements Operation {
  private static final String MATCH_GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";
  private static final int MOST = 50;

  private final LinkLedger ledger;
  private final ReadResource read;
  private final Clock clock;

  MatchPatients(LinkLedger ledger, ReadResource read, Clock clock) {
    this.ledger = ledger;
    this.read = read;
    this.clock = clock;
  }

  @Override
  public OperationName name() {
    return new OperationName("match");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Patient);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.PARTNER);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Patient-match";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = asked(call.parameters());
    var claim = Claim.of(asked.copy(), Claim.today(clock));
    var partner = call.caller().is(Role.PARTNER);
    var matches = new ArrayList<>(certain(claim));
    if (!partner && !flag(call.parameters(), "onlyCertainMatches")) {
      var certain = matches.stream().map(match -> match.link().patientId()).toList();
      probable(claim).filter(m -> !certain.contains(m.link().patientId())).forEach(matches::add);
    }
    var visible = visible(matches, partner ? ReadFilter.everything() : call.filter());
    return OperationAnswer.of(
        bundle(matches, visible, count(call.parameters()), partner ? asked : null));
  }

  /** One Patient that may be meant. */
  private record Match(Linked link, String grade, BigDecimal score) {}

  private List<Match> certain(Claim claim) {
    if (claim.residentId().isEmpty() || claim.name().isEmpty()) {
      return List.of();
    }
    var residentId = claim.residentId().get();
    return ledger.ofPersons(ledger.personsOf(Set.of(residentId.value())).values()).stream()
        .filter(link -> link.certain() && !link.name().contradicts(claim.name()))
        .filter(link -> link.birthDate().map(residentId.birthDate()::equals).orElse(true))
        .map(link -> new Match(link, "certain", BigDecimal.ONE))
        .toList();
  }

  private Stream<Match> probable(Claim claim) {
    if (claim.name().isEmpty() || claim.birthDate().isEmpty() || claim.gender().isEmpty()) {
      return Stream.of();
    }
    return ledger
        .ofDemographics(claim.name(), claim.birthDate().get(), claim.gender().get(), MOST)
        .stream()
        .map(link -> new Match(link, "probable", new BigDecimal("0.7")));
  }

  private Map<String, Patient> visible(List<Match> matches, ReadFilter filter) {
    var keys =
        matches.stream()
            .map(match -> new ResourceKey(ResourceType.Patient, match.link().patientId()))
            .toList();
    var found = new HashMap<String, Patient>();
    read.current(keys, filter)
        .forEach(
            (key, stored) -> {
              if (!stored.deleted()) {
                found.put(key.id(), stored.as(Patient.class));
              }
            });
    return found;
  }

  private static Bundle bundle(
      List<Match> matches, Map<String, Patient> visible, int count, Patient minimalAs) {
    var bundle = new Bundle().setType(BundleType.SEARCHSET);
    matches.stream()
        .filter(match -> visible.containsKey(match.link().patientId()))
        .limit(count)
        .forEach(
            match -> {
              var patient = visible.get(match.link().patientId());
              var search =
                  bundle
                      .addEntry()
                      .setResource(minimalAs == null ? patient : minimal(patient, minimalAs))
                      .getSearch();
              search.setMode(SearchEntryMode.MATCH).setScore(match.score());
              search.addExtension(MATCH_GRADE, new CodeType(match.grade()));
            });
    return bundle.setTotal(bundle.getEntry().size());
  }

  /** Id, the identifiers asked by, name, gender and birth date. */
  private static Patient minimal(Patient patient, Patient asked) {
    var least = new Patient();
    least.setId(patient.getIdElement().getIdPart());
    patient.getIdentifier().stream()
        .filter(held -> asked.getIdentifier().stream().anyMatch(id -> sameSystem(id, held)))
        .filter(held -> NamingSystems.RESIDENT_ID.equals(held.getSystem()))
        .forEach(least::addIdentifier);
    least.setName(patient.getName());
    least.setGender(patient.getGender());
    least.setBirthDateElement(patient.getBirthDateElement());
    return least;
  }

  private static boolean sameSystem(Identifier asked, Identifier held) {
    return held.hasSystem() && held.getSystem().equals(asked.getSystem());
  }

  private static Patient asked(Parameters parameters) {
    return parameters.getParameter().stream()
        .filter(each -> each.getName().equals("resource"))
        .map(each -> each.getResource())
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .findFirst()
        .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "resource", "resource"));
  }

  private static boolean flag(Parameters parameters, String name) {
    return parameters.getParameter(name) != null
        && parameters.getParameter(name).getValue() instanceof BooleanType value
        && value.booleanValue();
  }

  private static int count(Parameters parameters) {
    var asked = parameters.getParameter("count");
    if (asked == null) {
      return MOST;
    }
    if (asked.getValue() instanceof IntegerType value && value.getValue() > 0) {
      return Math.min(value.getValue(), MOST);
    }
    throw new HubException(ErrorCode.PARAMETER_INVALID, "count", "count", "1-" + MOST);
  }
}
